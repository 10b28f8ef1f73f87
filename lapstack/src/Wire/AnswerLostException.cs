namespace Lapstack.Wire;

/// <summary>The call had its effect, and its caller must not learn of it: Wire closes the connection.</summary>
internal sealed class AnswerLostException(string operation) : Exception($"The answer to {operation} is lost.");
