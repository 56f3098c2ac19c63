"""Translations: gettext catalogues as files, one for the interface and one for each module."""
