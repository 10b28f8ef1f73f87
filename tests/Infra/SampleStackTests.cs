using System.Text.Json.Nodes;
using Jobs.Cdk.Assets;
using Jobs.Cdk.Checks;
using Jobs.Cdk.Ground;
using Jobs.Infra;

namespace Jobs.Tests.Infra;

/// <summary>The app's own stack, by its context.</summary>
public sealed class SampleStackTests
{
    private static readonly string Assets = Path.Combine(AppContext.BaseDirectory, "assets");

    [Fact]
    public void Image_and_tasks_and_functions_are_for_the_processor_that_was_published_for()
    {
        var stack = Synthesize([]);

        Assert.Equal("linux/amd64", Image(stack)["platform"]!.ToString());
        Assert.All(
            stack.Template.OfType("AWS::ECS::TaskDefinition"),
            task => Assert.Equal(
                "{CpuArchitecture: X86_64, OperatingSystemFamily: LINUX}", task["RuntimePlatform"]));
        Assert.All(
            stack.Template.OfType("AWS::Lambda::Function"),
            function => Assert.Equal(AssetRuntime.Published.Lambda.Name, function["Architectures"]));
    }

    [Fact]
    public void Arm_is_Arm_for_Lambda_Docker_and_Fargate()
    {
        var arm = AssetRuntime.Of("linux-arm64");

        Assert.Equal(
            ("arm64", "linux/arm64", Architecture.Arm64), (arm.Lambda.Name, arm.Docker.Platform, arm.Fargate));
        Assert.Throws<NotSupportedException>(() => AssetRuntime.Of("osx-arm64"));
    }

    [Fact]
    public void Another_base_is_another_image()
    {
        const string Base = "mcr.microsoft.com/dotnet/runtime@sha256:0123";

        var (image, other) = (Image(Synthesize([])), Image(Synthesize(new() { ["baseImage"] = Base })));

        Assert.Null(image["dockerBuildArgs"]);
        Assert.Equal(Base, other["dockerBuildArgs"]!["BASE_IMAGE"]!.ToString());
        Assert.NotEqual(image["directory"]!.ToString(), other["directory"]!.ToString());
    }

    [Fact]
    public void Workers_write_to_their_temporary_folder_only() => Assert.All(
        Synthesize([]).Template.OfType("AWS::ECS::TaskDefinition"),
        task => Assert.Equal(
            "true", Readable.Text(task.Properties["ContainerDefinitions"]![0]!["ReadonlyRootFilesystem"])));

    private static Synthesis Synthesize(Dictionary<string, object> context)
    {
        Write("functions", "Jobs.Functions.dll");
        Write("worker", "Jobs.Worker.runtimeconfig.json");
        return Synthesis.OfApp(
            app => JobsStack.AddTo(app),
            new(context) { [TestOnlyPackages.Context] = TestOnlyPackages.Consent });
    }

    private static void Write(string asset, string file)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Assets, asset)).FullName;
        File.WriteAllText(Path.Combine(folder, file), "anything");
    }

    private static JsonNode Image(Synthesis stack) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(stack.Folder, "jobs.assets.json")))!["dockerImages"]!
            .AsObject().Single().Value!["source"]!;
}
