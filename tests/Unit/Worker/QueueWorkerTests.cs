using System.Text.Json;
using Jobs.Core.Definitions;
using Jobs.Core.Objects;
using Jobs.Tests.Unit.Functions;
using Jobs.Worker;

namespace Jobs.Tests.Unit.Worker;

public sealed class QueueWorkerTests
{
    private const string GdpSha256 = "f0a8408195646dbb1a9d7fc4424e2d302ee5380d0ec8834793f12ca25cbd7e2c";

    [Fact]
    public async Task Real_file_named_by_the_sample_message_has_its_checksum_bytes_and_lines_written()
    {
        var message = SampleEvents.Read("sqs-message-checksum.json")
            .Deserialize<QueueWorker.Request>(JsonSerializerOptions.Web)!;
        var env = new JobTestEnvironment { Objects = { [message.Key] = Samples.Read("gdp.csv") } };

        await env.HandleAsync(new QueueWorker(), message);

        // By sha256sum, wc -c and wc -l, which does not count the last line, as it is not ended.
        Assert.Equal(
            $$"""{"key":"incoming/gdp.csv","sha256":"{{GdpSha256}}","bytes":576746,"lines":13980}""",
            env.Objects["checksums/incoming/gdp.csv.json"].Text);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("one", 1)]
    [InlineData("one\n", 1)]
    [InlineData("one\ntwo", 2)]
    [InlineData("\n\n", 2)]
    public async Task Last_line_counts_whether_or_not_it_is_ended(string content, int lines)
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a"] = content } };

        await env.HandleAsync(new QueueWorker(), new("incoming/a"));

        Assert.Equal(
            lines,
            JsonDocument.Parse(env.Objects["checksums/incoming/a.json"].Text).RootElement.GetProperty("lines")
                .GetInt32());
    }

    [Fact]
    public async Task Message_that_comes_twice_writes_the_same_again()
    {
        var env = new JobTestEnvironment { Objects = { ["incoming/a"] = "1\n2\n" }, Receives = 2 };
        await env.HandleAsync(new QueueWorker(), new("incoming/a"));
        var first = env.Objects["checksums/incoming/a.json"].Text;

        await env.HandleAsync(new QueueWorker(), new("incoming/a"));

        Assert.Equal(first, env.Objects["checksums/incoming/a.json"].Text);
    }

    [Fact]
    public async Task Object_that_is_not_there_is_said_so() =>
        await Assert.ThrowsAsync<ObjectGoneException>(
            () => new JobTestEnvironment().HandleAsync(new QueueWorker(), new("incoming/none")));

    [Fact]
    public void Declaration_is_one_that_the_stack_takes()
    {
        var job = JobDefinitions.From(typeof(QueueWorker));

        Assert.Empty(DefinitionRules.Check("jobs", job));
        Assert.Equal(("queue-worker", 4, QueueMode.Tasks), (job.Name, job.Queue!.MaxTasks, job.Queue.Mode));
    }
}
