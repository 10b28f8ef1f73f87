using Lapstack.Services.Ecs.Engines;

namespace Lapstack.Tests.Ecs;

public sealed class DockerfileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-image-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Published_dotnet_image_runs_its_assembly_from_the_folder()
    {
        var image = Read("""
            # the worker
            ARG BASE_IMAGE=mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra
            FROM ${BASE_IMAGE}
            WORKDIR /app
            COPY --chown=1654:1654 . .
            ENV DOTNET_gcServer=0 \
                GREETING="good day"
            ENV OLD form
            USER $APP_UID
            VOLUME ["/tmp"]
            ENTRYPOINT ["dotnet", "/app/Jobs.Worker.dll"]
            CMD ["--verbose"]
            """);

        Assert.Equal(_folder, image.CopiedFrom);
        Assert.Equal(_folder, image.ToLocal(image.WorkingDirectory));
        Assert.Equal(["dotnet", Path.Combine(_folder, "Jobs.Worker.dll")], image.EntryPoint.Select(image.ToLocal));
        Assert.Equal(["--verbose"], image.Command);
        Assert.Equal("0", image.Environment["DOTNET_gcServer"]);
        Assert.Equal("good day", image.Environment["GREETING"]);
        Assert.Equal("form", image.Environment["OLD"]);
    }

    [Fact]
    public void Folder_of_the_context_can_be_copied_elsewhere()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "publish"));

        var image = Read("FROM x\nWORKDIR /work\nCOPY publish/ /opt/app/\nENTRYPOINT [\"/opt/app/run\"]");

        Assert.Equal(Path.Combine(_folder, "publish", "run"), Path.GetFullPath(image.ToLocal(image.EntryPoint[0])));
        Assert.Equal("/work", image.ToLocal(image.WorkingDirectory));
    }

    [Theory]
    [InlineData("/work", "/opt/app", "/opt/app")]
    [InlineData("/work", "app/", "/work/app")]
    [InlineData("/work", "./a//../b", "/work/b")]
    [InlineData("/work", "../../..", "/")]
    [InlineData("work", ".", "/work")]
    public void Paths_inside_an_image_are_resolved_as_Linux_does(string workdir, string copied, string expected)
    {
        var image = Read($"FROM x\nWORKDIR {workdir}\nCOPY . {copied}");

        Assert.Equal(expected, image.CopiedTo);
    }

    [Theory]
    [InlineData("FROM x\nRUN apt-get update", "RUN apt-get update")]
    [InlineData("FROM x\nFROM y", "several stages")]
    [InlineData("FROM x\nENTRYPOINT dotnet run", "shell form")]
    [InlineData("FROM x\nCMD echo", "shell form")]
    [InlineData("FROM x\nADD a /a", "ADD a /a")]
    [InlineData("FROM x\nCOPY --from=build /a /a", "COPY --from=build /a /a")]
    [InlineData("FROM x\nCOPY nowhere /a", "no folder")]
    [InlineData("FROM x\nSTOPSIGNAL SIGINT", "STOPSIGNAL SIGINT")]
    [InlineData("FROM x\nHEALTHCHECK CMD true", "HEALTHCHECK")]
    public void What_takes_an_engine_is_refused_with_its_line(string dockerfile, string named)
    {
        var error = Assert.Throws<ContainerStartException>(() => Read(dockerfile));

        Assert.StartsWith("CannotPullContainerError: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    private ContainerImage Read(string dockerfile)
    {
        var path = Path.Combine(_folder, "Dockerfile");
        File.WriteAllText(path, dockerfile);
        return Dockerfile.Read(path);
    }
}
