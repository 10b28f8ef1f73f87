using System.Security.Cryptography;
using System.Text;

namespace Jobs.Local.Synthesis;

/// <summary>A digest of everything the stack is made from: while it is the same, so is the synthesized stack.</summary>
internal static class InputStamp
{
    private static readonly string[] Folders =
    [
        "src/Core", "src/Aws", "src/Functions", "src/Sdk", "src/Worker", "infra-cdk", "packages",
    ];

    private static readonly string[] Skipped = ["bin", "obj", "cdk.out", "node_modules"];

    /// <param name="context">What synthesis is told besides the files.</param>
    public static string Of(string root, string context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(context));
        foreach (var file in Files(root).Order(StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(root, file) + "\n"));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IEnumerable<string> Files(string root) =>
        Directory.EnumerateFiles(root, "Directory.*").Append(Path.Combine(root, "global.json"))
            .Concat(Folders.SelectMany(folder => Below(new DirectoryInfo(Path.Combine(root, folder)))));

    private static IEnumerable<string> Below(DirectoryInfo folder) =>
        folder.EnumerateFiles().Select(file => file.FullName)
            .Concat(folder.EnumerateDirectories().Where(inner => !Skipped.Contains(inner.Name)).SelectMany(Below));
}
