using Jobs.Cli.Ground;
using Jobs.Cli.Ports;

namespace Jobs.Tests.Unit.Cli;

[Collection(nameof(CommandLine))]
public sealed class ImagesTests : IDisposable
{
    private const string Registry = "111122223333.dkr.ecr.eu-central-1.amazonaws.com";
    private const string Image = $"{Registry}/acme-workers:Acme.Worker-0a1b2c";

    private readonly CommandLine _jobs = new();
    private readonly string _assembly = Directory.CreateTempSubdirectory("jobs-assembly-").FullName;

    public ImagesTests() => Synthesize(
        $$$"""
        {"type": "jobs:image", "data": {"uri": "{{{Image}}}", "folder": "asset.1", "platform": "linux/amd64"}},
        {"type": "aws:cdk:path", "data": "elsewhere"}
        """);

    public void Dispose() => Directory.Delete(_assembly, recursive: true);

    [Fact]
    public async Task Image_that_is_not_there_is_built_and_pushed_and_let_through_when_its_scan_is_clean()
    {
        Assert.Equal(ExitCodes.Done, await RunAsync());

        Assert.Equal(
            [
                $".: docker build --platform linux/amd64 --tag {Image} {Path.Combine(_assembly, "asset.1")}",
                $".: docker login --username AWS --password-stdin {Registry}",
                $".: docker push {Image}",
            ],
            _jobs.Programs.Lines);
        Assert.Equal(["password"], _jobs.Programs.Inputs);
        Assert.Contains("let through, with 0 findings", _jobs.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_that_is_there_is_not_pushed_again_and_its_scan_counts()
    {
        _jobs.Registry.Images.Add(Image);
        Found("CRITICAL");

        Assert.Equal(ExitCodes.Failed, await RunAsync());

        Assert.Empty(_jobs.Programs.Lines);
        Assert.Contains("CRITICAL CVE-2026-1 in zlib 1.2", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Base_image_is_the_one_of_the_synthesis()
    {
        Synthesize(
            $$"""
            {
              "type": "jobs:image",
              "data": {"uri": "{{Image}}", "folder": "asset.1", "platform": "linux/arm64", "baseImage": "example.com/b:1"}
            }
            """);

        await RunAsync();

        Assert.Contains(
            $"--platform linux/arm64 --tag {Image} --build-arg BASE_IMAGE=example.com/b:1 ",
            _jobs.Programs.Lines[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CRITICAL", "HIGH", ExitCodes.Done)]
    [InlineData("HIGH", "HIGH", ExitCodes.Failed)]
    [InlineData("HIGH", "CRITICAL", ExitCodes.Failed)]
    [InlineData("MEDIUM", "MEDIUM", ExitCodes.Failed)]
    [InlineData("MEDIUM", "LOW", ExitCodes.Done)]
    public async Task Finding_is_refused_from_the_severity_on_that_is_named(string failOn, string found, int code)
    {
        Found(found);

        Assert.Equal(code, await RunAsync("--fail-on", failOn));
    }

    [Fact]
    public async Task Finding_is_allowed_by_its_name_with_a_reason_which_is_said()
    {
        Found("CRITICAL");

        Assert.Equal(ExitCodes.Done, await RunAsync("--allow", "CVE-2026-1=no zlib is used"));
        Assert.Contains("CRITICAL CVE-2026-1 is allowed: no zlib is used", _jobs.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, await RunAsync("--allow", "CVE-2026-2=another"));
        Assert.Equal(ExitCodes.Usage, await RunAsync("--allow", "CVE-2026-1="));
    }

    [Theory]
    [InlineData("FAILED")]
    [InlineData("UNSUPPORTED_IMAGE")]
    [InlineData("FINDINGS_UNAVAILABLE")]
    public async Task Image_without_a_scan_is_refused_unless_that_is_allowed(string status)
    {
        Scanned(new ImageScan(status, "The operating system is not supported.", []));

        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Contains(
            $"It is not scanned: {status}, The operating system is not supported. Build it on an image",
            _jobs.Error,
            StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, await RunAsync("--allow", "unscanned=checked by hand"));
    }

    [Fact]
    public async Task Scan_is_waited_for()
    {
        Scanned(null, new ImageScan("PENDING", null, []), new ImageScan("IN_PROGRESS", null, []));
        _jobs.Registry.Scans.Enqueue(new ImageScan("ACTIVE", null, []));

        Assert.Equal(
            ExitCodes.Done, await _jobs.RunAsync(() => Task.CompletedTask, "images", "--assembly", _assembly));

        Assert.Equal(4, _jobs.Registry.Looks);
    }

    [Fact]
    public async Task Scan_that_does_not_come_refuses_the_image()
    {
        Scanned([null]);

        Assert.Equal(
            ExitCodes.Failed, await _jobs.RunAsync(() => Task.CompletedTask, "images", "--assembly", _assembly));

        Assert.Contains("It is not scanned: ECR has no scan of it", _jobs.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_that_fails_is_the_end()
    {
        _jobs.Programs.Does = arguments => arguments[0] == "push" ? 9 : 0;

        Assert.Equal(ExitCodes.Failed, await RunAsync());

        Assert.Contains("docker push ended with exit code 9", _jobs.Error, StringComparison.Ordinal);
        Assert.Equal(0, _jobs.Registry.Looks);
    }

    [Fact]
    public async Task Images_of_a_stage_are_marked_and_nothing_is_pushed()
    {
        Assert.Equal(ExitCodes.Done, await RunAsync("--keep", "production"));

        Assert.Equal([$"{Image} production-Acme.Worker-0a1b2c"], _jobs.Registry.Tags);
        Assert.Empty(_jobs.Programs.Lines);
    }

    [Fact]
    public async Task Synthesis_without_such_images_and_no_synthesis_are_told()
    {
        Synthesize("""{"type": "aws:cdk:path", "data": "elsewhere"}""");
        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Contains("jobs:imageRepository and jobs:imageTag", _jobs.Error, StringComparison.Ordinal);

        File.Delete(Path.Combine(_assembly, "manifest.json"));
        Assert.Equal(ExitCodes.Failed, await RunAsync());
        Assert.Contains("There is no synthesis in", _jobs.Error, StringComparison.Ordinal);
    }

    private Task<int> RunAsync(params string[] arguments) =>
        _jobs.RunAsync(["images", "--assembly", _assembly, .. arguments]);

    private void Found(string severity) =>
        Scanned(new ImageScan("COMPLETE", null, [new ImageFinding("CVE-2026-1", severity, "zlib 1.2")]));

    private void Scanned(params ImageScan?[] scans)
    {
        _jobs.Registry.Scans.Clear();
        foreach (var scan in scans) _jobs.Registry.Scans.Enqueue(scan);
    }

    private void Synthesize(string metadata) => File.WriteAllText(
        Path.Combine(_assembly, "manifest.json"),
        $$$"""
        {"artifacts": {
          "Tree": {"type": "cdk:tree"},
          "acme": {"type": "aws:cloudformation:stack", "metadata": {"/acme/Image": [{{{metadata}}}]}}
        }}
        """);
}
