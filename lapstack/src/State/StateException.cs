namespace Lapstack.State;

/// <summary>The state folder cannot be used. The message says why, names the place, and has the remedy.</summary>
public sealed class StateException(string message, Exception? inner = null) : IOException(message, inner);
