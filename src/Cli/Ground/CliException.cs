namespace Jobs.Cli.Ground;

/// <summary>Something a person can mend: the message says what is wrong and what to type next.</summary>
internal sealed class CliException(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static CliException Failed(string message) => new(ExitCodes.Failed, message);

    public static CliException Usage(string message) => new(ExitCodes.Usage, message);

    public static CliException NotReady(string message) => new(ExitCodes.NotReady, message);
}
