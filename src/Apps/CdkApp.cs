using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Jobs.Apps;

/// <summary>
/// A CDK app as its <c>cdk.json</c> describes it. https://docs.aws.amazon.com/cdk/v2/guide/cli.html#cli-config
/// </summary>
/// <param name="Folder">Where its commands are run.</param>
/// <param name="Build">Command that builds it; null when <paramref name="Run"/> does.</param>
/// <param name="Run">Command that synthesizes it.</param>
/// <param name="Context">What synthesis is told.</param>
public sealed record CdkApp(string Folder, string? Build, string Run, JsonObject Context)
{
    public const string FileName = "cdk.json";

    /// <summary>Key of a build for the laptop, where it differs from the one for a deployment.</summary>
    public const string LaptopBuild = "jobs:build";

    private const string ProjectFiles = "*.??proj";

    private const string Emails = "adminEmails";

    private const string LookedUp = "cdk.context.json";

    /// <summary>As .NET calls it where it was not built for one distribution of Linux.</summary>
    private static string ThisSystem => OperatingSystem.IsLinux()
        ? $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}"
        : RuntimeInformation.RuntimeIdentifier;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>
    /// Path of its project file: the one that a command names, or else the only one in its folder; null when it is not
    /// known.
    /// </summary>
    public string? Project =>
        $"{Run} {Build}".Split(' ').FirstOrDefault(IsProject) is { } named ? Path.GetFullPath(named, Folder)
        : Directory.GetFiles(Folder, ProjectFiles) is [var only] ? only
        : null;

    /// <exception cref="AppException">It cannot be read, or has no command.</exception>
    public static CdkApp Read(string folder)
    {
        var file = ReadJson(folder, FileName);
        return new CdkApp(
            folder,
            TextOf(file, LaptopBuild) ?? TextOf(file, "build"),
            TextOf(file, "app") ?? throw new AppException(
                $"{Path.Combine(folder, FileName)} has no \"app\", the command that synthesizes it. Write it, such " +
                "as \"app\": \"dotnet run --project Infra.csproj\"."),
            ContextOf(folder, file));
    }

    /// <summary>
    /// As the CDK CLI puts it together, and the laptop's three entries: an admin's address where the app has none,
    /// that stand-ins for AWS's packages will do for what is never deployed, and on which system the functions run.
    /// </summary>
    private static JsonObject ContextOf(string folder, JsonObject file)
    {
        var context = File.Exists(Path.Combine(folder, LookedUp)) ? ReadJson(folder, LookedUp) : [];
        foreach (var (name, value) in file["context"] as JsonObject ?? []) context[name] = value?.DeepClone();
        context.TryAdd(Emails, "admin@example.com");
        context["jobs:deployTestOnlyPackages"] = "i-know";
        context["jobs:laptop"] = ThisSystem;
        return context;
    }

    private static JsonObject ReadJson(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: Lenient) as JsonObject
                ?? throw new AppException($"{path} is no JSON object. Write one, with \"app\" at least.");
        }
        catch (JsonException broken)
        {
            throw new AppException($"{path} cannot be read: {broken.Message}");
        }
    }

    private static bool IsProject(string word) => word.EndsWith("proj", StringComparison.Ordinal) && word.Contains('.');

    private static string? TextOf(JsonObject file, string name) => file[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw new AppException($"\"{name}\" in {FileName} is no text. Write a command."),
    };
}
