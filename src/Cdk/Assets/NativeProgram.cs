namespace Jobs.Cdk.Assets;

/// <summary>A worker that was compiled ahead of time: one program for Linux, with .NET in it.</summary>
internal static class NativeProgram
{
    /// <summary>
    /// A part of a namespace as native metadata has it: twice its length, then its letters. A client's code has its
    /// names there for stack traces.
    /// </summary>
    private static readonly byte[] StandIn = [14, .. "StandIn"u8];

    /// <summary>Names of the programs in a folder, without libraries and symbols.</summary>
    public static IReadOnlyList<string> In(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder)
            .Where(file => !file.EndsWith(".dbg", StringComparison.Ordinal)
                && !Path.GetFileName(file).Contains(".so", StringComparison.Ordinal)
                && ElfProgram.TryRead(file) is not null)
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Whether code of a stand-in for one of AWS's packages was compiled into it.</summary>
    public static bool HasStandIns(string program) => File.ReadAllBytes(program).AsSpan().IndexOf(StandIn) >= 0;
}
