namespace Jobs.Core;

/// <summary>The command line's name; what may be typed behind it comes next.</summary>
public static class CommandLines
{
    /// <summary>How the tool is called: its command is <c>dotnet-jobs</c>, which <c>dotnet</c> finds by itself.</summary>
    public const string Tool = "dotnet jobs";
}
