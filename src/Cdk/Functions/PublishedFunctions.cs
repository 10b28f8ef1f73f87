using Amazon.CDK.AWS.Lambda;
using Jobs.Cdk.Assets;

namespace Jobs.Cdk.Functions;

/// <summary>
/// The functions as their build left them in a folder: managed, and in folders of it natively, where it could, and for
/// laptops that are of another system.
/// </summary>
/// <param name="props">Has the folder, and what is asked for.</param>
/// <param name="runtime">What they are to run on.</param>
internal sealed class PublishedFunctions(JobRunnerProps props, AssetRuntime runtime)
{
    /// <summary>Name of their assembly, which is the handler of an executable one.</summary>
    public const string Assembly = "Jobs.Functions";

    private const string NativeFolder = "native";

    /// <summary>
    /// Of a package: the managed ones without machine code. What is compiled for one system and processor loads on no
    /// other.
    /// </summary>
    private const string PortableFolder = "portable";

    /// <summary>
    /// The name that Lambda asks for. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
    /// </summary>
    private const string NativeProgram = "bootstrap";

    /// <summary>
    /// CDK 2.160 has no constant for it. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
    /// </summary>
    private static readonly Runtime DotNet10 = new("dotnet10", RuntimeFamily.DOTNET_CORE);

    /// <summary>Of Amazon Linux 2023. https://docs.aws.amazon.com/linux/al2023/ug/core-glibc.html</summary>
    private static readonly Version LambdaGlibc = new(2, 34);

    private readonly Lazy<string?> _whyNotNative = new(() => WhyNotNative(
        Path.Combine(props.FunctionsFolder, NativeFolder, NativeProgram), runtime));

    /// <summary>What of them is deployed.</summary>
    public FunctionBuild Chosen => props.FunctionRuntime != FunctionRuntime.Managed && _whyNotNative.Value is null
        ? new FunctionBuild(
            Runtime.PROVIDED_AL2023,
            NativeProgram,
            Path.Combine(props.FunctionsFolder, NativeFolder),
            [NativeProgram],
            NativeProgram)
        : new FunctionBuild(DotNet10, Assembly, ManagedFolder, ManagedFiles());

    /// <summary>Why native ones that are there are not deployed, unless that was asked for; null otherwise.</summary>
    public string? Notice => props.FunctionRuntime == FunctionRuntime.Automatic && !runtime.IsLaptop
        && Directory.Exists(Path.Combine(props.FunctionsFolder, NativeFolder))
        && _whyNotNative.Value is { } why
            ? $"The functions are managed: {why}"
            : null;

    public IEnumerable<string> Check()
    {
        if (!File.Exists(Path.Combine(props.FunctionsFolder, $"{Assembly}.dll")))
        {
            yield return $"FunctionsFolder has the published functions, {Assembly}.dll among them (declared: " +
                $"{props.FunctionsFolder}). The build of the app puts them there: build it again.";
        }
        else if (props.FunctionRuntime == FunctionRuntime.Native && _whyNotNative.Value is { } why)
        {
            yield return $"The functions cannot be native (declared: FunctionRuntime.Native): {why}";
        }
    }

    private string ManagedFolder =>
        Path.Combine(props.FunctionsFolder, PortableFolder) is var portable
        && runtime.Identifier != AssetRuntime.Published.Identifier
        && Directory.Exists(portable)
            ? portable
            : props.FunctionsFolder;

    private List<string> ManagedFiles() =>
    [
        .. Directory.EnumerateFiles(ManagedFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(ManagedFolder, file))
            .Where(file => !IsIn(NativeFolder, file) && !IsIn(PortableFolder, file)),
    ];

    private static bool IsIn(string folder, string file) =>
        file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static string? WhyNotNative(string program, AssetRuntime runtime)
    {
        if (!File.Exists(program))
        {
            return $"there is no {program}. Build the functions with the MSBuild property FunctionRuntime=Native, which " +
                "says what it needs.";
        }

        // https://github.com/aws/aws-cdk/issues/10776
        if (OperatingSystem.IsWindows())
        {
            return "a zip that CDK makes on Windows has no program that may be started. Synthesize on Linux or macOS.";
        }

        return WhyNotRun(program, runtime);
    }

    private static string? WhyNotRun(string program, AssetRuntime runtime)
    {
        if (ElfProgram.TryRead(program) is not { } elf) return $"{program} is no program of Linux. Build the functions again.";
        if (elf.Runtime != runtime.Identifier)
        {
            return $"{program} does not run on {runtime.Identifier}. Build the functions with the MSBuild property " +
                $"AssetRuntime={runtime.Identifier}.";
        }

        return elf.Glibc > LambdaGlibc && !runtime.IsLaptop
            ? $"{program} needs glibc {elf.Glibc}, and Lambda has {LambdaGlibc}. Build the functions on an older Linux, " +
                "or with a sysroot of one: the MSBuild property NativeSysroot."
            : null;
    }
}
