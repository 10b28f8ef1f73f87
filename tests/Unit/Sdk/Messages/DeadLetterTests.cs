using System.Text;
using Jobs.Aws;
using Jobs.Core.Messages;
using Jobs.Sdk.Messages;
using Jobs.Sdk.Reporting;

namespace Jobs.Tests.Unit.Sdk.Messages;

/// <summary>What a dead letter tells, and what gives way when not all fits.</summary>
public sealed class DeadLetterTests
{
    private static readonly Secrets Secrets = Secrets.Read(
        name => name switch { "JOBS_SECRETS" => "TOKEN", "TOKEN" => "s3cr3t-value", _ => null });

    [Fact]
    public void Secret_is_masked_in_reason_and_stack_and_left_in_the_body_which_is_the_senders()
    {
        var attributes = Tell(new QueueMessage("m", "r", "s3cr3t-value"), new IOException("bad token s3cr3t-value"));

        Assert.Equal("bad token ***", attributes["reason"].Text);
        Assert.DoesNotContain("s3cr3t", attributes["jobs.stack"].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Characters_that_sqs_refuses_are_replaced()
    {
        var attributes = Tell(
            new QueueMessage("m", "r", "b"), new IOException("a\0b\u001b[31m\tc\uFFFE\ud83d\ude00\ud83d"));

        Assert.Equal("a\uFFFDb\uFFFD[31m\tc\uFFFD\ud83d\ude00\uFFFD", attributes["reason"].Text);
    }

    [Fact]
    public void Error_without_a_message_still_has_a_reason() =>
        Assert.Equal(
            "The handler threw System.IO.IOException without a message.",
            Tell(new QueueMessage("m", "r", "b"), new IOException(""))["reason"].Text);

    [Theory]
    [InlineData(3, 10)]
    [InlineData(6, 10)]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    public void Attributes_of_the_sender_are_never_left_out_and_the_reason_is_the_last_to_give_way(int theirs, int all)
    {
        var message = new QueueMessage("m", "r", "b")
        {
            Attributes = Enumerable.Range(0, theirs).ToDictionary(i => $"a{i}", i => QueueAttribute.Of($"{i}")),
        };

        var attributes = Tell(message, new IOException("why"));

        Assert.Equal(all, attributes.Count);
        Assert.All(message.Attributes, one => Assert.Equal(one.Value, attributes[one.Key]));
        Assert.Equal(theirs < 10, attributes.ContainsKey("reason"));
    }

    [Fact]
    public void What_an_earlier_death_left_is_replaced()
    {
        var first = Tell(new QueueMessage("m", "r", "b"), new IOException("first"));

        var second = Tell(new QueueMessage("m2", "r", "b") { Attributes = first }, new IOException("second"));

        Assert.Equal(
            (first.Count, "second", "m2"), (second.Count, second["reason"].Text, second["jobs.messageId"].Text));
    }

    [Theory]
    [InlineData(1_000, 262_144)]
    [InlineData(258_000, 262_144)]
    [InlineData(262_000, 262_144)]
    [InlineData(262_143, 262_144)]
    [InlineData(262_144, 262_144)]
    [InlineData(262_145, 1_048_576)]
    [InlineData(1_048_000, 1_048_576)]
    [InlineData(1_048_576, 1_048_576)]
    public void Whole_stays_within_what_its_queue_takes(int bodyBytes, int most)
    {
        var message = new QueueMessage("m", "r", new string('x', bodyBytes));

        var attributes = Tell(message, new IOException(new string('ü', 10_000)));

        Assert.InRange(
            bodyBytes + attributes.Sum(
                one => one.Key.Length + one.Value.DataType.Length + Encoding.UTF8.GetByteCount(one.Value.Text!)),
            bodyBytes,
            most);
    }

    [Fact]
    public void Large_message_keeps_all_that_is_told()
    {
        var small = Tell(new QueueMessage("m", "r", "b"), new IOException("why"));

        var large = Tell(new QueueMessage("m", "r", new string('x', 400_000)), new IOException("why"));

        Assert.Equal(small, large);
    }

    [Fact]
    public void Beginning_of_the_reason_is_kept_when_not_all_fits()
    {
        var message = new QueueMessage("m", "r", new string('x', SqsText.LeastMaxBytes - 100));

        var reason = Tell(message, new IOException(new string('y', 10_000)))["reason"].Text!;

        Assert.StartsWith("yyyyyyyy", reason, StringComparison.Ordinal);
        Assert.EndsWith("…", reason, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, QueueAttribute> Tell(QueueMessage message, IOException error) =>
        DeadLetter.AttributesOf(message, Thrown(error), "job", "job/run", Secrets);

    private static IOException Thrown(IOException error)
    {
        try
        {
            throw error;
        }
        catch (IOException e)
        {
            return e;
        }
    }
}
