using System.Text.RegularExpressions;

namespace Jobs.Tests.Unit.House;

/// <summary>
/// Images have what a machine has on which a job is tried: -extra is what adds time zones and ICU to .NET's chiseled
/// images. https://github.com/dotnet/dotnet-docker/blob/main/documentation/image-variants.md
/// </summary>
public sealed partial class ImageTests
{
    private static readonly string[] Found =
        [.. Repository.Files("Dockerfile", "src", "tests", "bench").Select(Repository.Relative)];

    public static TheoryData<string> Images => [.. Found];

    [Theory]
    [MemberData(nameof(Images))]
    public void Image_has_time_zones_and_ICU_and_the_runtime_that_is_built_for(string image)
    {
        var file = File.ReadAllText(Path.Combine(Repository.Root, image));
        var framework = Framework().Match(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props")));

        var tags = Base().Matches(file).Select(tag => tag.Groups[1].Value).Distinct();

        Assert.Equal([$"{framework.Groups[1].Value}-noble-chiseled-extra"], tags);
    }

    [Fact]
    public void Image_that_is_deployed_is_among_them() => Assert.Contains("src/Cdk/Assets/Dockerfile", Found);

    [GeneratedRegex(@"mcr\.microsoft\.com/dotnet/runtime(?:-deps)?:(\S+)")]
    private static partial Regex Base();

    [GeneratedRegex("<TargetFramework>net([^<]+)<")]
    private static partial Regex Framework();
}
