namespace Jobs.Cli.Verify;

/// <summary>What is known of a promise once it was put to the test.</summary>
internal enum Standing
{
    Kept,
    Broken,

    /// <summary>It cannot be tried there.</summary>
    NotTried,
}
