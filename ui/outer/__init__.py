"""The outermost layer of the app, in front of every route and the websocket: addresses, headers, browser sessions, messages, files."""
