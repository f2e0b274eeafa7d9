import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries(db):
    """How many queries a function makes."""

    def count(function) -> int:
        with CaptureQueriesContext(connection) as captured:
            function()
        return len(captured)

    return count
