using System.Text.Encodings.Web;
using System.Text.Json;
using Jobs.Core;

namespace Jobs.Cdk.Pipelines;

/// <summary>
/// What CodeBuild runs. A command that fails is the last of its phase.
/// https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
/// </summary>
internal static class BuildSteps
{
    /// <summary>The commit of the run, and of the images.</summary>
    public const string Commit = "COMMIT";

    /// <summary>URI of the repository of the images.</summary>
    public const string Repository = "REPOSITORY";

    /// <summary>ARN of the role that verifies.</summary>
    public const string Verifier = "VERIFIER";

    /// <summary>The cloud assemblies of all stages, as the one artifact of the build.</summary>
    public const string Assembly = "Assembly";

    /// <summary>A tar keeps which files are programs; a zip may not.</summary>
    private const string Archive = "assembly.tgz";

    private const string Cdk = "npx --yes aws-cdk@2";

    private const string RestoreTool = "dotnet tool restore";

    private static readonly Dictionary<string, string> Runtimes = new() { ["dotnet"] = "10.0", ["nodejs"] = "24" };

    private static readonly string[] Packages = ["/root/.nuget/packages/**/*", "/root/.npm/**/*"];

    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    };

    public static string Test(string folder) => Write(
        [
            $"cd {CommandLines.Quoted(folder)}",
            "dotnet test --logger trx --results-directory \"$CODEBUILD_SRC_DIR/TestResults\"",
        ],
        new()
        {
            ["reports"] = new Dictionary<string, object>
            {
                ["tests"] = new Dictionary<string, object>
                {
                    ["files"] = new[] { "**/*.trx" },
                    ["base-directory"] = "TestResults",
                    ["file-format"] = "VISUALSTUDIOTRX",
                },
            },
        });

    /// <summary>Synthesizes for each stage, pushes the images that are not there, and waits for their scan.</summary>
    public static string Images(JobsPipelineProps props) => Write(
        [
            RestoreTool,
            .. props.Stages.Select(stage => Synthesize(props.AppFolder, stage)),
            .. props.Stages.Select(stage => CommandLines.Images(
                Folder(stage), props.FailOn.ToString().ToUpperInvariant(), props.Allowed)),
            $"tar --create --gzip --file {Archive} cdk.out",
        ],
        new() { ["artifacts"] = new Dictionary<string, object> { ["files"] = new[] { Archive } } });

    /// <summary>Deploys what was built, once its images are marked as the stage's.</summary>
    public static string Deploy(PipelineStage stage) => Write(
    [
        $"tar --extract --file \"$CODEBUILD_SRC_DIR_{Assembly}/{Archive}\"",
        RestoreTool,
        CommandLines.KeepImages(Folder(stage), stage.Name),
        $"{Cdk} deploy {stage.StackName} --app {Folder(stage)} --require-approval never --progress events",
    ]);

    public static string Verify(PipelineStage stage) => Write(
    [
        RestoreTool,
        $"session=$(aws sts assume-role --role-arn \"${Verifier}\" --role-session-name pipeline " +
            "--query 'Credentials.[AccessKeyId,SecretAccessKey,SessionToken]' --output text)",
        "read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN <<< \"$session\"",
        "export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
        .. stage.Region is { } region ? [$"export AWS_REGION={region}"] : Array.Empty<string>(),
        new CommandLines(stage.StackName).Verify(),
    ]);

    private static string Synthesize(string app, PipelineStage stage)
    {
        var context = new Dictionary<string, string>(stage.Context) { ["stack"] = stage.StackName };
        if (stage.Account is { } account) context["account"] = account;
        if (stage.Region is { } region) context["region"] = region;
        var told = string.Concat(context.Select(one => $" --context {CommandLines.Quoted($"{one.Key}={one.Value}")}"));
        return $"(cd {CommandLines.Quoted(app)} && {Cdk} synth --quiet " +
            $"--output \"$CODEBUILD_SRC_DIR/{Folder(stage)}\"{told} " +
            $"--context \"{PipelineNames.ImageRepository}=${Repository}\" " +
            $"--context \"{PipelineNames.ImageTag}=${Commit}\")";
    }

    private static string Folder(PipelineStage stage) => $"cdk.out/{stage.Name}";

    private static string Write(string[] commands, Dictionary<string, object>? more = null)
    {
        var text = new Dictionary<string, object>
        {
            ["version"] = "0.2",
            ["env"] = new Dictionary<string, object> { ["shell"] = "bash" },
            ["phases"] = new Dictionary<string, object>
            {
                ["install"] = new Dictionary<string, object> { ["runtime-versions"] = Runtimes },
                ["build"] = new Dictionary<string, object> { ["commands"] = commands },
            },
            ["cache"] = new Dictionary<string, object> { ["paths"] = Packages },
        };
        foreach (var (name, value) in more ?? []) text[name] = value;
        return JsonSerializer.Serialize(text, Json);
    }
}
