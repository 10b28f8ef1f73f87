using Lapstack.Processes;

namespace Lapstack.Tests.Processes;

public sealed class ExecutableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-executable-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Windows_takes_the_file_with_an_extension_before_the_one_without()
    {
        Add("npm");
        var command = Add("npm.CMD");

        Assert.Equal(command, Find("npm", [".EXE", ".CMD"]));
    }

    [Fact]
    public void Name_with_its_extension_is_taken_as_it_is()
    {
        var program = Add("node.exe");

        Assert.Equal(program, Find("node.exe", [".EXE", ".CMD"]));
    }

    [Fact]
    public void Path_is_looked_up_in_the_working_directory_and_not_on_the_PATH()
    {
        Add("run");
        Directory.CreateDirectory(Path.Combine(_folder, "work"));
        var program = Add(Path.Combine("work", "run"));

        Assert.Equal(program, Executable.Find("./run", Path.Combine(_folder, "work"), _folder, []));
        Assert.Null(Executable.Find("bin/run", Path.Combine(_folder, "work"), _folder, []));
    }

    [Fact]
    public void Folders_of_the_PATH_are_searched_in_their_order()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "second"));
        Add(Path.Combine("second", "tool"));
        var first = Add("tool");

        var path = string.Join(Path.PathSeparator, "nowhere", _folder, Path.Combine(_folder, "second"));

        Assert.Equal(first, Executable.Find("tool", _folder, path, []));
    }

    private string? Find(string name, string[] extensions) => Executable.Find(name, _folder, _folder, extensions);

    private string Add(string name)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, "");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return file;
    }
}
