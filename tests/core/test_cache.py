"""What is counted in files is counted right by several processes."""

import multiprocessing

from core.cache import FileCache


def test_file_cache_lets_one_process_win(tmp_path):
    context = multiprocessing.get_context("fork")
    ready, won = context.Barrier(8), context.Value("i", 0)

    def race() -> None:
        cache = FileCache(str(tmp_path), {})
        for number in range(25):
            ready.wait()
            if cache.add(f"key-{number}", 1):
                with won.get_lock():
                    won.value += 1

    workers = [context.Process(target=race) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert won.value == 25
