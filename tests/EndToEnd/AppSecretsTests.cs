using Jobs.Apps;
using Jobs.Local.Ground;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Jobs.Tests.EndToEnd;

/// <summary>Which user secrets an app has, by the project that its commands name.</summary>
public sealed class AppSecretsTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("jobs-secrets-").FullName;

    /// <summary>An id that only this test has; its file is where <c>dotnet user-secrets</c> puts it.</summary>
    private string Id => Path.GetFileName(_root);

    private string SecretsFile => PathHelper.GetSecretsPathFromSecretsId(Id);

    public void Dispose()
    {
        Directory.Delete(_root, recursive: true);
        var folder = Path.GetDirectoryName(SecretsFile)!;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("dotnet bin/Debug/net10.0/Acme.Infra.dll", "Acme.Infra.csproj")]
    [InlineData("dotnet run --project ../stack/Acme.Stack.csproj", "../stack/Acme.Stack.csproj", "Other.csproj")]
    [InlineData("dotnet run --project Acme.Infra.fsproj -- synth", "Acme.Infra.fsproj", "Other.csproj")]
    public void Laptop_is_given_what_the_project_of_the_app_has(string command, string project, string? other = null)
    {
        var app = Make(command, project, $"<UserSecretsId>{Id}</UserSecretsId>");
        if (other is not null) File.WriteAllText(Path.Combine(app, other), "<Project />");
        Keep("""{ "/acme/password": "geheim", "Acme/Database": { "user": "acme" }, "Acme/Database:port": "5432" }""");

        var options = Laptop.OptionsOf(new Workspace(_root, app), new LaptopSettings(), TimeProvider.System);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["/acme/password"] = "geheim",
                ["Acme/Database:user"] = "acme",
                ["Acme/Database:port"] = "5432",
            },
            options.UserSecrets);
    }

    [Fact]
    public void App_without_user_secrets_has_none()
    {
        var app = Make("dotnet Acme.dll", "Acme.csproj", "");
        var unset = Make("dotnet Acme.dll", "Acme.csproj", $"<UserSecretsId>{Id}</UserSecretsId>", "unset");
        var several = Make("dotnet Acme.dll", "A.csproj", $"<UserSecretsId>{Id}</UserSecretsId>", "several");
        File.WriteAllText(Path.Combine(several, "B.csproj"), "<Project />");

        Assert.All(new[] { app, unset, several, _root }, folder => Assert.Empty(AppSecrets.Of(folder)));
    }

    [Fact]
    public void Broken_file_is_an_error_without_a_value()
    {
        var app = Make("dotnet Acme.dll", "Acme.csproj", $"<UserSecretsId>{Id}</UserSecretsId>");
        Keep("""{ "a": geheim }""");

        var refused = Assert.Throws<AppException>(() => AppSecrets.Of(app));

        Assert.Contains($"secrets.json in the folder '{Id}'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", refused.ToString(), StringComparison.Ordinal);
    }

    private string Make(string command, string project, string property, string name = "infra")
    {
        var app = Path.Combine(_root, name);
        var file = Path.GetFullPath(project, app);
        Directory.CreateDirectory(app);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(Path.Combine(app, CdkApp.FileName), $$"""{ "app": "{{command}}" }""");
        File.WriteAllText(file, $"<Project><PropertyGroup>{property}</PropertyGroup></Project>");
        return app;
    }

    private void Keep(string secrets)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(SecretsFile)!);
        File.WriteAllText(SecretsFile, secrets);
    }
}
