namespace Lapstack.Processes;

/// <summary>A program or its working directory does not exist.</summary>
public sealed class ProgramNotFoundException(string message) : Exception(message);
