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

    [Fact]
    public void Broken_document_is_an_error_with_its_path_and_never_a_default()
    {
        var state = new StateFolder(_folder).For("sqs");
        File.WriteAllText(state.PathOf("a.json"), "{");

        var error = Assert.Throws<InvalidDataException>(() => state.Read<int[]>("a.json"));

        Assert.Contains("a.json", error.Message, StringComparison.Ordinal);
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
            var refused = Assert.Throws<IOException>(() => new StateFolder(_folder).Claim());
            Assert.Contains(_folder, refused.Message, StringComparison.Ordinal);
        }

        using var after = new StateFolder(_folder).Claim();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
