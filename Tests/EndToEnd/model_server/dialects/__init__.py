"""The wire dialects of model APIs: each reads a request, asks the scenario, writes the answer."""
