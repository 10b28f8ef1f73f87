namespace Jobs.Local.Ground;

/// <summary>How Local ends, for scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>What was asked for did not come about; the last line says why.</summary>
    public const int Failed = 1;

    /// <summary>Something the machine needs is missing; the last line says how to get it.</summary>
    public const int NotReady = 3;
}
