using Lapstack.Template;

namespace Lapstack.Tests.Template;

public sealed class CloudAssemblyReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("assembly-").FullName;

    [Fact]
    public void Missing_assembly_says_which_command_makes_one()
    {
        var error = Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder));

        Assert.Contains(_folder, error.Message, StringComparison.Ordinal);
        Assert.Contains("cdk synth", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_stacks_and_none_named_lists_them()
    {
        Write("manifest.json", """
            {"artifacts":{"one":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json"}},
                          "two":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json","stackName":"second"}}}}
            """);
        Write("t.json", """{"Resources":{}}""");

        var error = Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder));

        Assert.Contains(
            "2 stacks (one, second). Say which one to run: --stack-name one.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_stacks_and_none_named_the_only_one_with_a_function_runs()
    {
        Write("manifest.json", """
            {"artifacts":{"pipeline":{"type":"aws:cloudformation:stack","properties":{"templateFile":"p.json"}},
                          "jobs":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json"}},
                          "more":{"type":"aws:cloudformation:stack","properties":{"templateFile":"m.json"}}}}
            """);
        Write("p.json", """{"Resources":{"P":{"Type":"AWS::CodePipeline::Pipeline"}}}""");
        Write("t.json", """{"Resources":{"F":{"Type":"AWS::Lambda::Function"}}}""");
        Write("m.json", """{"Resources":{}}""");
        Assert.Equal("jobs", CloudAssemblyReader.Read(_folder).StackName);

        Write("m.json", """{"Resources":{"F":{"Type":"AWS::Lambda::Function"}}}""");
        Assert.Contains(
            "3 stacks (jobs, more, pipeline)",
            Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void App_without_a_stack_says_so()
    {
        Write("manifest.json", "{}");
        Assert.Contains(
            "has no stack.",
            Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Stack_of_a_stage_is_read_from_the_stages_folder()
    {
        WriteStage("Dev", "Jobs");
        WriteStage("Prod", "Jobs");
        WriteStage("Test", "Other");
        Write("manifest.json", """
            {"artifacts":{"assembly-Dev":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-Dev"}},
                          "assembly-Prod":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-Prod"}},
                          "assembly-Test":{"type":"cdk:cloud-assembly","properties":{"directoryName":"assembly-Test"}}}}
            """);

        var assembly = CloudAssemblyReader.Read(_folder, "Prod/Jobs");

        Assert.Equal(("Jobs", "Prod"), (assembly.StackName, (string?)assembly.Template["Description"]));
        Assert.Equal(Path.Combine(_folder, "assembly-Prod", "asset.f"), assembly.FindFile("f.zip"));
        Assert.Equal("Test", (string?)CloudAssemblyReader.Read(_folder, "Other").Template["Description"]);
        var error = Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder, "Jobs"));
        Assert.Contains("2 stacks 'Jobs' (Dev/Jobs, Other, Prod/Jobs)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assets_are_found_by_key_and_by_image_tag()
    {
        Write("manifest.json", """
            {"artifacts":{"one.assets":{"type":"cdk:asset-manifest","properties":{"file":"one.assets.json"}},
                          "one":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json"},"dependencies":["one.assets"]}}}
            """);
        Write("t.json", """{"Resources":{}}""");
        Write("one.assets.json", """
            {"files":{"f":{"source":{"path":"asset.f","packaging":"zip"},"destinations":{"d":{"bucketName":"b","objectKey":"f.zip"}}}},
             "dockerImages":{"i":{"source":{"directory":"asset.i"},"destinations":{"d":{"repositoryName":"r","imageTag":"i"}}}}}
            """);

        var assembly = CloudAssemblyReader.Read(_folder);

        Assert.Equal(Path.Combine(_folder, "asset.f"), assembly.FindFile("f.zip"));
        Assert.Equal(
            Path.Combine(_folder, "asset.i"),
            assembly.FindImage("000000000000.dkr.ecr.us-east-1.amazonaws.com/r:i")?.Folder);
        Assert.Equal("Dockerfile", assembly.FindImage("r:i")?.DockerFile);
        Assert.Null(assembly.FindImage("public.ecr.aws/busybox:latest"));
        Assert.Contains(
            "f.zip",
            Assert.Throws<TemplateException>(() => assembly.FindFile("other.zip")).Message,
            StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void WriteStage(string stage, string stack)
    {
        Directory.CreateDirectory(Path.Combine(_folder, $"assembly-{stage}"));
        Write($"assembly-{stage}/manifest.json", $$$$"""
            {"artifacts":{"a":{"type":"cdk:asset-manifest","properties":{"file":"a.json"}},
                          "s":{"type":"aws:cloudformation:stack","properties":{"templateFile":"t.json","stackName":"{{{{stack}}}}"},
                               "displayName":"{{{{stage}}}}/{{{{stack}}}}","dependencies":["a"]}}}
            """);
        Write($"assembly-{stage}/t.json", $$$"""{"Description":"{{{stage}}}"}""");
        Write(
            $"assembly-{stage}/a.json",
            """{"files":{"f":{"source":{"path":"asset.f"},"destinations":{"d":{"objectKey":"f.zip"}}}}}""");
    }

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
