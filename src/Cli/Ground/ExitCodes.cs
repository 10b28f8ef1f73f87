namespace Jobs.Cli.Ground;

/// <summary>How the command line ends, for scripts. Part of its contract:
/// documented in its help and in docs/reference/cli.md.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>
    /// What was asked for failed, is not there, or something is wrong with the stack; stderr says what and what to do.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line itself is wrong: an unknown command, option or value.</summary>
    public const int Usage = 2;

    /// <summary>No stack could be reached: no credentials, no Region, no such stack, no network.</summary>
    public const int NotReady = 3;

    /// <summary>Ctrl-C.</summary>
    public const int Interrupted = 130;

    /// <summary>The pipe's reader has gone, as <c>head</c> does; what shells make of SIGPIPE.</summary>
    public const int Unread = 141;
}
