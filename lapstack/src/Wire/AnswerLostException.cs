namespace Lapstack.Wire;

/// <summary>The call had its effect, and its caller is not to hear of it: Wire closes the connection.</summary>
internal sealed class AnswerLostException(string operation) : Exception($"The answer to {operation} is lost.");
