"""Clic à Clic: learning to use a phone, a mailbox and the administrations online, one small act at a time."""
