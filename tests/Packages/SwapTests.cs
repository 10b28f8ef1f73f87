using System.Text.Json;

namespace Jobs.Tests.Packages;

/// <summary>One property exchanges the stand-ins for the packages of the same names.</summary>
public class SwapTests
{
    [Theory]
    [InlineData("src/Functions/Functions.csproj", "Amazon.Lambda.Annotations", "Amazon.Lambda.Core",
        "Amazon.Lambda.RuntimeSupport")]
    [InlineData("src/Aws/Aws.csproj", "AWSSDK.ECS", "AWSSDK.SimpleNotificationService")]
    public async Task Property_set_turns_projects_into_packages(string project, params string[] packages)
    {
        var standIns = await EvaluateAsync(project, "stand-ins");
        var official = await EvaluateAsync(project, "official");

        foreach (var package in packages)
        {
            Assert.DoesNotContain(package, standIns.Packages);
            Assert.Contains(
                standIns.Projects,
                path => path.EndsWith($"packages/{package}/{package}.csproj", StringComparison.Ordinal));
            Assert.Contains(package, official.Packages);
        }
        Assert.DoesNotContain(official.Projects, path => path.Contains("/packages/", StringComparison.Ordinal));
    }

    private static async Task<(
        IReadOnlyList<string> Packages, IReadOnlyList<string> Projects)> EvaluateAsync(string project, string mode)
    {
        var output = await Dotnet.RunAsync(
            Dotnet.Repository, "msbuild", project, $"-p:AwsPackages={mode}", "-getItem:PackageReference",
            "-getItem:ProjectReference");
        using var json = JsonDocument.Parse(output);
        var items = json.RootElement.GetProperty("Items");
        return (Names(items.GetProperty("PackageReference")), Names(items.GetProperty("ProjectReference")));
    }

    private static List<string> Names(JsonElement items) =>
        [.. items.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!.Replace('\\', '/'))];
}
