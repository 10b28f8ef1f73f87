using System.Text;
using System.Text.Json.Nodes;
using Amazon.CDK;
using Jobs.Cdk.Assets;

namespace Jobs.Tests.Infra;

public sealed class WorkerImageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-worker-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Published_worker_gets_a_dockerfile_that_starts_it_and_its_jobs_the_processor()
    {
        Publish("Acme.Worker");

        var stack = Synthesize(new() { Architecture = Architecture.Arm64, BaseImage = "example.com/base@sha256:0" });

        var source = Source(stack);
        Assert.Equal("linux/arm64", source["platform"]!.ToString());
        Assert.Equal("example.com/base@sha256:0", source["dockerBuildArgs"]!["BASE_IMAGE"]!.ToString());
        Assert.EndsWith(
            "ENTRYPOINT [\"dotnet\", \"Acme.Worker.dll\"]\n",
            File.ReadAllText(Path.Combine(stack.Folder, source["directory"]!.ToString(), "Dockerfile")),
            StringComparison.Ordinal);
        Assert.Equal(
            "{CpuArchitecture: ARM64, OperatingSystemFamily: LINUX}",
            stack.Template.OfType("AWS::ECS::TaskDefinition").Single()["RuntimePlatform"]);
    }

    [Fact]
    public void Worker_that_was_compiled_ahead_of_time_is_started_itself_on_a_base_without_dotnet()
    {
        Compile("Acme.Worker", "code");
        Compile("Acme.Worker.dbg", "symbols");

        var stack = Synthesize();

        var folder = Path.Combine(stack.Folder, Source(stack)["directory"]!.ToString());
        var file = File.ReadAllText(Path.Combine(folder, "Dockerfile"));
        Assert.Contains("dotnet/runtime-deps:", file, StringComparison.Ordinal);
        Assert.EndsWith("ENTRYPOINT [\"/app/Acme.Worker\"]\n", file, StringComparison.Ordinal);
        Assert.Equal(
            ["Acme.Worker", "Dockerfile"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Stand_ins_that_were_compiled_into_a_worker_are_found()
    {
        Compile("Acme.Worker", "Amazon.Runtime");
        Assert.Empty(TestOnlyPackages.In(_folder));

        Compile("Acme.Worker", "\u000EStandIn");
        Assert.Equal(["Acme.Worker"], TestOnlyPackages.In(_folder));
    }

    [Fact]
    public void Jobs_of_two_workers_have_an_image_each()
    {
        var (imports, reports) = (Path.Combine(_folder, "imports"), Path.Combine(_folder, "reports"));
        Publish("Acme.Imports", imports);
        Publish("Acme.Reports", reports);

        var stack = Synthesis.Of((scope, runner) =>
        {
            runner.AddJob(Shapes.LineCount, new JobProps { Image = WorkerImage.FromFolder(scope, imports) });
            runner.AddJob(new JobDefinition("report"), new JobProps { Image = WorkerImage.FromFolder(scope, reports) });
        });

        var images = Images(stack).Select(image => image.Key).ToList();
        Assert.Equal(2, images.Count);
        Assert.Equal(
            images.Order(StringComparer.Ordinal),
            stack.Template.OfType("AWS::ECS::TaskDefinition")
                .Select(task => images.Single(image => task["ContainerDefinitions"]!.Contains(image)))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Image_in_a_repository_of_its_own_is_named_by_the_context_and_says_how_it_is_built()
    {
        Publish("Acme.Worker");

        var stack = SynthesizeFor("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-workers", "0a1b2c");

        const string Image = "111122223333.dkr.ecr.eu-west-1.<AWS::URLSuffix>/acme-workers:Acme.Worker-0a1b2c";
        var task = stack.Template.OfType("AWS::ECS::TaskDefinition").Single();
        Assert.Contains(Image, task["ContainerDefinitions"]!, StringComparison.Ordinal);
        Assert.Empty(Images(stack));
        Assert.Contains(
            "ecr:GetDownloadUrlForLayer\n    on arn:<AWS::Partition>:ecr:eu-west-1:111122223333:repository/acme-workers",
            Readable.Role(stack.Template, stack.Template.Named("JobslinecountExecutionRole")),
            StringComparison.Ordinal);
        var described = Metadata(stack, "jobs:image");
        Assert.Equal(
            "111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-workers:Acme.Worker-0a1b2c",
            (string?)described["uri"]);
        Assert.Equal("linux/amd64", (string?)described["platform"]);
        Assert.True(File.Exists(Path.Combine(stack.Folder, (string)described["folder"]!, "Dockerfile")));
    }

    [Theory]
    [InlineData("acme-workers", "0a1b2c", "is the URI of a repository in ECR")]
    [InlineData("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-workers", null, "says which image")]
    [InlineData("111122223333.dkr.ecr.eu-west-1.amazonaws.com/acme-workers", "a b", "says which image")]
    public void Repository_that_is_none_and_a_tag_that_is_missing_are_told(
        string repository, string? tag, string sentence)
    {
        Publish("Acme.Worker");

        var told = Assert.Throws<WorkerImageException>(() => SynthesizeFor(repository, tag));

        Assert.Contains(sentence, told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dockerfile_of_its_own_is_kept()
    {
        Publish("Acme.Worker");
        File.WriteAllText(Path.Combine(_folder, "Dockerfile"), "FROM scratch\n");

        var stack = Synthesize();

        var folder = Path.Combine(stack.Folder, Source(stack)["directory"]!.ToString());
        Assert.Equal("FROM scratch\n", File.ReadAllText(Path.Combine(folder, "Dockerfile")));
    }

    [Fact]
    public void Folder_without_one_program_is_told()
    {
        AssertTold("which has 0)");
        Publish("One");
        Publish("Two");
        AssertTold("which has 2)");

        void AssertTold(string sentence) => Assert.Contains(
            sentence,
            Assert.Throws<WorkerImageException>(() => Synthesize()).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Project_that_is_not_there_is_told_with_the_place_it_was_looked_for()
    {
        var stack = new Stack(JobsApp.Create(new AppProps { Outdir = _folder }), "jobs");

        var told = Assert.Throws<WorkerImageException>(() => WorkerImage.FromProject(stack, "../src/Nowhere"));

        Assert.Equal(
            "A worker's image is made from one project (declared: ../src/Nowhere, which is "
            + $"{Path.GetFullPath("../src/Nowhere")} and has 0). Name the project's file or folder, relative to "
            + $"{Directory.GetCurrentDirectory()}.",
            told.Message);
    }

    [Fact]
    public void Project_that_does_not_build_is_told_with_its_errors()
    {
        var project = Path.Combine(_folder, "Broken.csproj");
        File.WriteAllText(project, "<Project><Target Name=\"Publish\"><Error Text=\"No such job.\" /></Target></Project>");
        var stack = new Stack(JobsApp.Create(new AppProps { Outdir = Path.Combine(_folder, "out") }), "jobs");

        var told = Assert.Throws<WorkerImageException>(() => WorkerImage.FromProject(stack, project));

        Assert.StartsWith($"The worker {project} cannot be published", told.Message, StringComparison.Ordinal);
        Assert.Contains("No such job.", told.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true", "Its .NET: with it. Its symbols: false.")]
    [InlineData("false", "Its .NET: false. Its symbols: as ever.")]
    public void Native_worker_is_published_with_dotnet_in_it_and_without_its_symbols(string isNative, string how)
    {
        var project = Path.Combine(_folder, "Acme.csproj");
        File.WriteAllText(project, $"""
            <Project>
              <PropertyGroup>
                <PublishAot>{isNative}</PublishAot>
                <SelfContained>with it</SelfContained>
                <CopyOutputSymbolsToPublishDirectory>as ever</CopyOutputSymbolsToPublishDirectory>
              </PropertyGroup>
              <Target Name="Publish">
                <Error Text="Its .NET: $(SelfContained). Its symbols: $(CopyOutputSymbolsToPublishDirectory)." />
              </Target>
            </Project>
            """);
        var stack = new Stack(JobsApp.Create(new AppProps { Outdir = Path.Combine(_folder, "out") }), "jobs");

        var told = Assert.Throws<WorkerImageException>(() => WorkerImage.FromProject(stack, project));

        Assert.Contains(how, told.Message, StringComparison.Ordinal);
    }

    private Synthesis Synthesize(WorkerImageOptions? options = null) => Synthesis.Of(
        (stack, runner) => runner.AddJob(
            Shapes.LineCount, new JobProps { Image = WorkerImage.FromFolder(stack, _folder, options) }));

    private void Publish(string name) => Publish(name, _folder);

    private static void Publish(string name, string folder) => File.WriteAllText(
        Path.Combine(Directory.CreateDirectory(folder).FullName, $"{name}.runtimeconfig.json"), "{}");

    private void Compile(string name, string content) => File.WriteAllBytes(
        Path.Combine(_folder, name), [.. Elf.Program(machine: 62), .. Encoding.ASCII.GetBytes(content)]);

    private Synthesis SynthesizeFor(string repository, string? tag)
    {
        var context = new Dictionary<string, object> { ["jobs:imageRepository"] = repository };
        if (tag is not null) context["jobs:imageTag"] = tag;
        return Synthesis.OfApp(
            app =>
            {
                var stack = new Stack(app, "jobs");
                new JobRunner(stack, "Jobs", Synthesis.AnyRunner).AddJob(
                    Shapes.LineCount, new JobProps { Image = WorkerImage.FromFolder(stack, _folder) });
            },
            context);
    }

    private static JsonNode Metadata(Synthesis stack, string type) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(stack.Folder, "manifest.json")))!
            ["artifacts"]!["jobs"]!["metadata"]!.AsObject()
            .SelectMany(construct => construct.Value!.AsArray())
            .Single(one => (string?)one!["type"] == type)!["data"]!;

    private static JsonNode Source(Synthesis stack) => Images(stack).Single().Value!["source"]!;

    private static JsonObject Images(Synthesis stack) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(stack.Folder, "jobs.assets.json")))!["dockerImages"]!.AsObject();
}
