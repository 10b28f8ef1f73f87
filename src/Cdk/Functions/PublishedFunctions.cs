using Amazon.CDK.AWS.Lambda;
using Constructs;
using Jobs.Cdk.Assets;

namespace Jobs.Cdk.Functions;

/// <summary>
/// The functions as their build left them in a folder: managed, and in a folder of it natively, where it could.
/// </summary>
/// <param name="props">Has the folder, and what is asked for.</param>
/// <param name="laptop">As .NET calls the system of the laptop that the stack is for; null when it is for AWS.</param>
internal sealed class PublishedFunctions(JobRunnerProps props, string? laptop)
{
    /// <summary>Name of their assembly, which is the handler of an executable one.</summary>
    public const string Assembly = "Jobs.Functions";

    /// <summary>The context by which the laptop says what it is.</summary>
    public const string LaptopContext = "jobs:laptop";

    private const string NativeFolder = "native";

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
        Path.Combine(props.FunctionsFolder, NativeFolder, NativeProgram), laptop));

    public static PublishedFunctions Of(JobRunnerProps props, IConstruct scope) =>
        new(props, scope.Node.TryGetContext(LaptopContext) as string);

    /// <summary>What of them is deployed.</summary>
    public FunctionBuild Chosen => props.FunctionRuntime != FunctionRuntime.Managed && _whyNotNative.Value is null
        ? new FunctionBuild(
            Runtime.PROVIDED_AL2023,
            NativeProgram,
            Path.Combine(props.FunctionsFolder, NativeFolder),
            [NativeProgram],
            NativeProgram)
        : new FunctionBuild(DotNet10, Assembly, props.FunctionsFolder, ManagedFiles());

    /// <summary>Why native ones that are there are not deployed, unless that was asked for; null otherwise.</summary>
    public string? Notice => props.FunctionRuntime == FunctionRuntime.Automatic && laptop is null
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

    private List<string> ManagedFiles() =>
    [
        .. Directory.EnumerateFiles(props.FunctionsFolder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(props.FunctionsFolder, file))
            .Where(file => !file.StartsWith(NativeFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal)),
    ];

    private static string? WhyNotNative(string program, string? laptop)
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

        return WhyNotRun(program, laptop);
    }

    private static string? WhyNotRun(string program, string? laptop)
    {
        if (ElfProgram.TryRead(program) is not { } elf) return $"{program} is no program of Linux. Build the functions again.";
        var wanted = laptop ?? AssetRuntime.Published.Identifier;
        if (elf.Runtime != wanted)
        {
            return $"{program} does not run on {wanted}. Build the functions with the MSBuild property " +
                $"AssetRuntime={wanted}.";
        }

        return elf.Glibc > LambdaGlibc && laptop is null
            ? $"{program} needs glibc {elf.Glibc}, and Lambda has {LambdaGlibc}. Build the functions on an older Linux, " +
                "or with a sysroot of one: the MSBuild property NativeSysroot."
            : null;
    }
}
