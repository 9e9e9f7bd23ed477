"""Dated law data: kin lists, terms of kinship and parameters, each with its legal basis."""
