"""Forms that several apps share: audiences, uploads, pages."""
