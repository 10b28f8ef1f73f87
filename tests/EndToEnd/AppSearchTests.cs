using Jobs.Apps;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>Which CDK app is meant, by the folder a person is in.</summary>
public sealed class AppSearchTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("jobs-search-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("team.sln infra/cdk.json src/worker/Job.cs", "src/worker", "infra", "")]
    [InlineData("team.slnx infra-cdk/cdk.json", "infra-cdk", "infra-cdk", "")]
    [InlineData("cdk.json src/team.sln src/App/App.csproj", "src/App", "", "")]
    [InlineData(".git/HEAD a/cdk.json b/cdk.json", "a", "a", "")]
    [InlineData("team.sln infra/cdk.json infra/bin/cdk.json", "infra/bin", "infra/bin", "")]
    [InlineData("team.sln infra/cdk.json .templates/cdk.json obj/cdk.json", "", "infra", "")]
    [InlineData("infra/cdk.json", "", "infra", "infra")]
    public void Nearest_is_found(string files, string from, string app, string root)
    {
        Make(files);

        var found = Workspace.Of(AppSearch.Find(null, Path.Combine(_root, from)));

        Assert.Equal((PathOf(app), PathOf(root)), (found.App, found.Root));
    }

    [Fact]
    public void Several_are_named_and_one_is_to_be_chosen()
    {
        Make(".git/HEAD one/cdk.json two/cdk.json src/Job.cs");

        var refused = Assert.Throws<AppException>(() => AppSearch.Find(null, PathOf("src")));

        Assert.Contains("one, two", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--app ", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>An app beside the repository is another team's, and its commands are not to be run.</summary>
    [Theory]
    [InlineData("other/cdk.json mine/team.sln mine/src/Job.cs", "mine/src")]
    [InlineData("other/cdk.json mine/src/Job.cs", "mine/src")]
    public void App_beside_the_repository_is_not_taken(string files, string from)
    {
        Make(files);

        var refused = Assert.Throws<AppException>(() => AppSearch.Find(null, PathOf(from)));

        Assert.Contains("There is no cdk.json in", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_folder_counts_and_must_have_one()
    {
        Make("team.sln one/cdk.json two/cdk.json");

        Assert.Equal(PathOf("two"), AppSearch.Find(PathOf("two"), _root));
        var refused = Assert.Throws<AppException>(() => AppSearch.Find(PathOf("three"), _root));
        Assert.Contains(PathOf("three"), refused.Message, StringComparison.Ordinal);
    }

    private string PathOf(string folder) => folder.Length == 0 ? _root : Path.Combine(_root, folder);

    private void Make(string files)
    {
        foreach (var file in files.Split(' '))
        {
            var path = Path.Combine(_root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "{}");
        }
    }
}
