using System.Reflection;
using Amazon.CDK.AWS.Ecr.Assets;
using Amazon.CDK.AWS.Lambda;
using LambdaArchitecture = Amazon.CDK.AWS.Lambda.Architecture;

namespace Jobs.Cdk.Assets;

/// <summary>
/// The processor for which this assembly's build published functions and worker: the MSBuild property AssetRuntime.
/// </summary>
/// <param name="Identifier">As .NET calls it.</param>
internal sealed record AssetRuntime(
    string Identifier, LambdaArchitecture Lambda, Platform_ Docker, Architecture Fargate)
{
    public static AssetRuntime Published => Of(
        typeof(AssetRuntime).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(metadata => metadata.Key == nameof(AssetRuntime)).Value);

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
}
