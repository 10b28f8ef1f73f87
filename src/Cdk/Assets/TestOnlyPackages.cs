using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Constructs;

namespace Jobs.Cdk.Assets;

/// <summary>
/// Keeps this repository's stand-ins for AWS's packages (<c>packages/</c>) from being deployed. Each of them says in
/// its metadata what it is.
/// </summary>
internal static class TestOnlyPackages
{
    /// <summary>What the build writes into each of them.</summary>
    public const string Mark = "JobsTestOnlyPackage";

    /// <summary>The context by which the laptop and tests take them all the same.</summary>
    public const string Context = "jobs:deployTestOnlyPackages";

    public const string Consent = "i-know";

    /// <param name="scope">Has the context.</param>
    /// <param name="folder">What is deployed.</param>
    public static IEnumerable<string> Check(IConstruct scope, string folder)
    {
        if (scope.Node.TryGetContext(Context) is Consent || In(folder) is not { Count: > 0 } found) yield break;
        yield return $"What is deployed runs on AWS's own packages (declared: {folder}, which has stand-ins of " +
            $"{string.Join(", ", found)}, for tests and the laptop only). " +
            "Use packages of jobs that are not test-only, or in a checkout build with the official ones: dotnet build " +
            "-p:AwsPackages=official, as cdk.json does.";
    }

    /// <summary>Names of the stand-ins in the folder.</summary>
    public static IReadOnlyList<string> In(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories)
            .Where(IsMarked)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Concat(NativeProgram.In(folder).Where(name => NativeProgram.HasStandIns(Path.Combine(folder, name))))
            .Order(StringComparer.Ordinal),
    ];

    private static bool IsMarked(string file)
    {
        try
        {
            using var pe = new PEReader(File.OpenRead(file));
            if (!pe.HasMetadata) return false;
            var metadata = pe.GetMetadataReader();
            return metadata.IsAssembly && metadata.GetAssemblyDefinition().GetCustomAttributes()
                .Any(attribute => KeyOf(metadata, attribute) == Mark);
        }
        catch (BadImageFormatException)
        {
            // Not an assembly of .NET's: a library of the system's.
            return false;
        }
    }

    /// <summary>
    /// Null for attributes of another type. The value begins with two bytes, then the key. ECMA-335, II.23.3.
    /// </summary>
    private static string? KeyOf(MetadataReader metadata, CustomAttributeHandle handle)
    {
        var attribute = metadata.GetCustomAttribute(handle);
        if (attribute.Constructor.Kind != HandleKind.MemberReference) return null;
        var type = metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        if (type.Kind != HandleKind.TypeReference) return null;
        var name = metadata.GetTypeReference((TypeReferenceHandle)type).Name;
        if (!metadata.StringComparer.Equals(name, nameof(AssemblyMetadataAttribute))) return null;
        var value = metadata.GetBlobReader(attribute.Value);
        value.ReadUInt16();
        return value.ReadSerializedString();
    }
}
