using System.Security.Cryptography;
using System.Text;
using Jobs.Apps;
using Jobs.Local.Ground;

namespace Jobs.Local.Synthesis;

/// <summary>
/// A digest of everything that an app is made from: while it is the same, so is the synthesized stack.
/// </summary>
internal static class InputStamp
{
    /// <summary>Bytes up to which a file counts by its content, and not by its length and time.</summary>
    private const int Readable = 1 << 20;

    /// <param name="told">What building and synthesis are told besides the files.</param>
    public static string Of(string root, string told)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, told);
        foreach (var file in SourceFiles.Below(root).OrderBy(file => file.FullName, StringComparer.Ordinal))
        {
            Add(hash, Path.GetRelativePath(root, file.FullName));
            if (file.Length > Readable) Add(hash, $"{file.Length} {file.LastWriteTimeUtc.Ticks}");
            else hash.AppendData(SHA256.HashData(File.ReadAllBytes(file.FullName)));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string line) => hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
}
