using System.Reflection;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using LambdaArchitecture = Amazon.CDK.AWS.Lambda.Architecture;

namespace Jobs.Cdk.Assets;

/// <summary>The system and the processor that functions and workers run on.</summary>
/// <param name="Identifier">As .NET calls both.</param>
internal sealed record AssetRuntime(
    string Identifier, LambdaArchitecture Lambda, Platform_ Docker, Architecture Fargate)
{
    /// <summary>The context by which the laptop says what it is.</summary>
    public const string LaptopContext = "jobs:laptop";

    /// <summary>
    /// What this assembly's build published the functions for, and a stack on AWS runs on: the MSBuild property
    /// AssetRuntime.
    /// </summary>
    public static AssetRuntime Published => Of(
        typeof(AssetRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == nameof(AssetRuntime)).Value);

    /// <summary>Whether a stack is for this machine, and not for AWS.</summary>
    public bool IsLaptop { get; private init; }

    /// <summary>What a stack's assets run on: the laptop that synthesizes it for itself, or else AWS.</summary>
    public static AssetRuntime For(IConstruct scope) =>
        scope.Node.TryGetContext(LaptopContext) is string laptop ? OfLaptop(laptop) : Published;

    public static AssetRuntime Of(Architecture architecture) =>
        Of(architecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64");

    /// <param name="identifier">As .NET calls it.</param>
    /// <exception cref="NotSupportedException">Neither Lambda nor Fargate runs it.</exception>
    public static AssetRuntime Of(string? identifier) => identifier switch
    {
        "linux-x64" => new("linux-x64", LambdaArchitecture.X86_64, Platform_.LINUX_AMD64, Architecture.X64),
        "linux-arm64" => new("linux-arm64", LambdaArchitecture.ARM_64, Platform_.LINUX_ARM64, Architecture.Arm64),
        var other => throw new NotSupportedException(
            $"Lambda and Fargate run linux-x64 and linux-arm64 (AssetRuntime: {other}). Build with one of them."),
    };

    private static AssetRuntime OfLaptop(string identifier)
    {
        var machine = identifier.EndsWith("-arm64", StringComparison.Ordinal) ? Architecture.Arm64 : Architecture.X64;
        return Of(machine) with { Identifier = identifier, IsLaptop = true };
    }
}
