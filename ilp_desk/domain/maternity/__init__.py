"""Pregnancy, birth and the weeks after: datings, visits, risks, forms, records."""
