using Lapstack.State;

namespace Lapstack.Tests.State;

public sealed class ServiceStateTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("state-").FullName;

    [Fact]
    public void Document_is_there_after_a_restart_and_gone_after_delete()
    {
        new StateFolder(_folder).For("sqs").Write("queues/a.json", new[] { 1, 2 });
        var after = new StateFolder(_folder).For("sqs");

        Assert.Equal([1, 2], after.Read<int[]>("queues/a.json")!);
        Assert.Equal(["queues/a.json"], after.List("queues"));
        after.Delete("queues/a.json");
        Assert.Null(after.Read<int[]>("queues/a.json"));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Broken_document_is_an_error_with_its_path_and_remedy_and_never_a_default(string damaged)
    {
        var state = new StateFolder(_folder).For("sqs");
        File.WriteAllText(state.PathOf("a.json"), damaged);

        var error = Assert.Throws<StateException>(() => state.Read<int[]>("a.json"));

        Assert.Contains(state.PathOf("a.json"), error.Message, StringComparison.Ordinal);
        Assert.Contains($"delete the state folder {_folder} to start afresh", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Half_written_file_of_a_crash_is_removed_at_the_next_start()
    {
        var crashed = new StateFolder(_folder).For("s3").NewTemporary();
        File.WriteAllText(crashed, "half");

        new StateFolder(_folder).For("s3");

        Assert.False(File.Exists(crashed));
    }

    [Fact]
    public void Write_that_fails_leaves_the_old_content_and_nothing_half()
    {
        var state = new StateFolder(_folder).For("sqs");
        state.Write("a.json", 1);

        Assert.ThrowsAny<Exception>(() => state.Write("a.json", new { Loop = new Func<int>(() => 1) }));
        Assert.ThrowsAny<IOException>(() => state.Write("a.json/b.json", 2));

        Assert.Equal(1, state.Read<int>("a.json"));
        Assert.Empty(state.List(".tmp"));
    }

    [Fact]
    public async Task Many_writers_of_one_document_leave_one_of_theirs()
    {
        var state = new StateFolder(_folder).For("s3");

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => state.Write("a.json", i))));

        Assert.InRange(state.Read<int>("a.json"), 0, 49);
    }

    [Fact]
    public void Folder_of_a_running_emulator_is_refused_with_its_path_until_it_is_given_back()
    {
        using (new StateFolder(_folder).Claim())
        {
            var refused = Assert.Throws<StateException>(() => new StateFolder(_folder).Claim());
            Assert.StartsWith(
                $"Another emulator uses the state folder '{_folder}'", refused.Message, StringComparison.Ordinal);
        }

        using var after = new StateFolder(_folder).Claim();
    }

    [Fact]
    public void Folder_that_cannot_be_written_is_named_as_such_and_not_as_another_emulators()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "in-use"));
        File.WriteAllText(Path.Combine(_folder, "file"), "");

        var denied = Assert.Throws<StateException>(() => new StateFolder(_folder).Claim());
        var below = Assert.Throws<StateException>(
            () => new StateFolder(Path.Combine(_folder, "file", "state")).Claim());
        var part = Assert.Throws<StateException>(() => new StateFolder(_folder).For("file"));

        Assert.All(
            [denied, below, part], e => Assert.Contains("cannot be written: ", e.Message, StringComparison.Ordinal));
        Assert.All(
            [denied, below, part], e => Assert.Contains("choose another folder", e.Message, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
