namespace Lapstack.Processes;

/// <summary>How a child process ended.</summary>
/// <param name="Code">The exit code; 128 + n when signal n ended it, as container runtimes report it.</param>
/// <param name="OutOfMemory">Whether the memory watchdog killed it. The code is then 137.</param>
public sealed record ChildExit(int Code, bool OutOfMemory);
