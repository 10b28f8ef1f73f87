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

        var error = Assert.Throws<TemplateException>(() => CloudAssemblyReader.Read(_folder));

        Assert.Contains("2 stacks (one, second)", error.Message, StringComparison.Ordinal);
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
        Assert.Equal(Path.Combine(_folder, "asset.i"), assembly.FindImage("000000000000.dkr.ecr.us-east-1.amazonaws.com/r:i")?.Folder);
        Assert.Equal("Dockerfile", assembly.FindImage("r:i")?.DockerFile);
        Assert.Null(assembly.FindImage("public.ecr.aws/busybox:latest"));
        Assert.Contains("f.zip", Assert.Throws<TemplateException>(() => assembly.FindFile("other.zip")).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
