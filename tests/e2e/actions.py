"""What a person does in a browser, for the journeys."""

from tests.people import Role


def sign_in(page, email: str = "pilot@essai.example") -> None:
    """By password, from the first screen, with the keyboard's Enter."""
    page.fill("[name=email]", email)
    page.get_by_role("button", name="J’ai un mot de passe").click()
    page.fill("[name=password]", "mot-de-passe-essai")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion/" not in url)


def enter(site, role: Role, path: str, **options):
    """A browser in which somebody has signed in, on a page of theirs."""
    page = site.open("/compte/connexion/", **options)
    sign_in(page, f"{role}@essai.example")
    page.goto(site.url + path)
    return page


# The words of what has the focus, and whether an eye finds it: its outline, or the one of the
# label, the box or the card that stands for it.
STOP = """() => {
    const control = document.activeElement;
    const drawn = [control, control.closest('label, .search-box'), ...(control.labels ?? [])];
    const styles = drawn.filter(Boolean).map((one) => getComputedStyle(one));
    styles.push(getComputedStyle(control, '::after'));
    const seen = styles.some((style) => style.outlineStyle !== 'none');
    return [`${control.name || ''} ${control.textContent || ''}`, seen, control.outerHTML];
}"""


def tab_to(page, name: str) -> None:
    """Move with the Tab key alone until the control of this name or words has the focus; each stop
    on the way can be seen."""
    for _ in range(250):
        page.keyboard.press("Tab")
        words, seen, html = page.evaluate(STOP)
        assert seen or html.startswith("<body"), f"nobody sees the focus on {html[:160]}"
        if name in words:
            return
    raise AssertionError(f"{name} is not reached with the keyboard")


def press_enter(page) -> None:
    """Press Enter on what has the focus, and wait for the page that follows."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
