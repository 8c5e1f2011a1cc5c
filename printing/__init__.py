"""Paper: pages, styles and forms, from a frozen dataclass to PDF bytes or to thermal-printer bytes.

Never looks anything up: what stands on a form was put into its dataclass before.
"""
