"""A scripted model server that speaks the dialects of real coding agents and writes down all it receives.

It shares no code with Sallyport, so that what it recorded is an independent witness of what arrived.
"""
