using Amazon.Runtime;
using Amazon.S3;
using Amazon.SQS;
using Jobs.Core.Triggers;
using Jobs.Local.Ground;

namespace Jobs.Tests.EndToEnd;

/// <summary>What changes in an app's files is applied to the stack that runs.</summary>
public sealed class InnerLoopTests
{
    private const string AddQueue =
        "sed -i 's/\"Resources\":{/\"Resources\":{\"Extra\":{\"Type\":\"AWS::SQS::Queue\"," +
        "\"Properties\":{\"QueueName\":\"extra\"}},/' \"$CDK_OUTDIR/jobs.template.json\"";

    [BashFact]
    public async Task Template_that_changes_is_shown_and_applied_and_what_was_stored_stays()
    {
        using var app = await NewAppAsync();
        await using var local = await LocalProcess.UpInAsync(app.Root);
        await local.UntilAsync("Ctrl-C");
        using var s3 = NewS3(local);
        var bucket = await BucketAsync(s3);
        await s3.WriteTextAsync(bucket, "kept", "as it was");

        app.Write("infra/apply.sh", AddQueue);
        var said = await local.UntilAsync("✓ Starting the stack again");

        Assert.Contains("+ Extra (AWS::SQS::Queue)", said);
        using var sqs = new AmazonSQSClient(
            new BasicAWSCredentials("local", "local"),
            new AmazonSQSConfig { ServiceURL = local.Endpoint.ToString(), AuthenticationRegion = Laptop.Region });
        Assert.EndsWith("/extra", (await sqs.GetQueueUrlAsync("extra")).QueueUrl, StringComparison.Ordinal);
        Assert.Equal("as it was", await s3.ReadTextAsync(bucket, "kept"));

        // A synthesis that fails: said once, and the stack goes on.
        app.Write("infra/apply.sh", "echo 'There is no such queue.' >&2; exit 7");
        said = await local.UntilAsync("The last good version goes on.");

        Assert.Single(said, line => line.Contains("There is no such queue.", StringComparison.Ordinal));
        Assert.Equal("as it was", await s3.ReadTextAsync(bucket, "kept"));
    }

    [BashFact]
    public async Task Workers_code_that_changes_is_built_alone_and_the_next_run_has_it()
    {
        using var app = await NewAppAsync();
        AddWorker(app);
        await using var local = await LocalProcess.UpInAsync(app.Root);
        await local.UntilAsync("Ctrl-C");

        const string Broken = "namespace Jobs.Tests.EndToEndWorker; internal static class Broken { int; }";
        app.Write("worker/Broken.cs", Broken);
        var said = await local.UntilAsync("The last good version goes on.");
        Assert.Single(said, line => line.Contains("Broken.cs(1,", StringComparison.Ordinal));

        File.Delete(Path.Combine(app.Root, "worker", "Broken.cs"));
        var flaky = app.Read("worker/Flaky.cs").Replace("$\"attempt ", "$\"new ", StringComparison.Ordinal);
        app.Write("worker/Flaky.cs", flaky);
        said = await local.UntilAsync("The next run has the new Jobs.Tests.EndToEndWorker.");

        Assert.DoesNotContain(said, line => line.Contains("Synthesizing", StringComparison.Ordinal));
        Assert.Equal("new 1", await ResultAsync(local));

        // A declaration that changes is the stack's matter. And what was restored may be gone meanwhile.
        File.Delete(Path.Combine(app.Root, "worker", "obj", "project.assets.json"));
        app.Write("worker/Flaky.cs", flaky.Replace("Seconds = 1", "Seconds = 2", StringComparison.Ordinal));
        said = await local.UntilAsync("The stack is the same.");
        Assert.Contains("Synthesizing the stack (CDK)…", said);
    }

    [BashFact]
    public async Task Stack_stays_as_it_was_without_the_watch()
    {
        using var app = await NewAppAsync();
        await using var local = await LocalProcess.UpInAsync(app.Root, "--no-watch");

        var said = await local.UntilAsync("Ctrl-C");

        Assert.DoesNotContain(said, line => line.Contains("changed files", StringComparison.Ordinal));
    }

    /// <summary>An app whose synthesis gives the stack of these tests, as <c>infra/apply.sh</c> changes it.</summary>
    private static async Task<OwnApp> NewAppAsync()
    {
        var app = new OwnApp(new()
        {
            ["app"] = $"cp -R '{await TestStack.SynthesizeAsync()}/.' \"$CDK_OUTDIR\" && sh apply.sh",
        });
        app.Write("infra/apply.sh", "true");
        return app;
    }

    /// <summary>The tests' worker as a project of the app.</summary>
    private static void AddWorker(OwnApp app)
    {
        var sources = Path.Combine(Workspace.Find().Root, "tests", "EndToEndWorker");
        File.Delete(Path.Combine(app.Root, "worker", "Job.cs"));
        foreach (var file in Directory.EnumerateFiles(sources, "*.cs"))
        {
            File.Copy(file, Path.Combine(app.Root, "worker", Path.GetFileName(file)));
        }

        var built = Path.Combine(AppContext.BaseDirectory, "assets", "worker");
        app.Write("worker/Own.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <AssemblyName>Jobs.Tests.EndToEndWorker</AssemblyName>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{built}/*.dll" Exclude="{built}/Jobs.Tests.EndToEndWorker.dll" />
              </ItemGroup>
            </Project>
            """);
    }

    /// <summary>The runner's own bucket, beside those that the stack only uses.</summary>
    private static async Task<string> BucketAsync(AmazonS3Client s3) => (await s3.ListBucketsAsync()).Buckets
        .Single(bucket => bucket.BucketName.StartsWith("jobs-", StringComparison.Ordinal)).BucketName;

    private static async Task<string?> ResultAsync(LocalProcess local)
    {
        using var s3 = NewS3(local);
        var bucket = await BucketAsync(s3);
        var put = await s3.WriteTextAsync(bucket, "flaky/one", "1");
        var id = UploadIntake.Identify("flaky", new Upload(bucket, "flaky/one") { VersionId = put.VersionId });
        using var jobs = new JobsProcess(local.Endpoint);
        using var limit = new CancellationTokenSource(RunningLaptop.Patience);
        while (true)
        {
            limit.Token.ThrowIfCancellationRequested();
            var (code, output, _) = await jobs.RunAsync("show", id.ToString(), "--json");
            if (code == 0 && System.Text.Json.Nodes.JsonNode.Parse(output)!["result"] is { } result)
            {
                return result.GetValue<string>();
            }
        }
    }

    private static AmazonS3Client NewS3(LocalProcess local) => new(
        new BasicAWSCredentials("local", "local"),
        new AmazonS3Config
        {
            ServiceURL = local.Endpoint.ToString(),
            AuthenticationRegion = Laptop.Region,
            ForcePathStyle = true,
        });
}
