using Jobs.Core.Messages;

namespace Jobs.Tests.Unit.Core;

public sealed class SenderTests
{
    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("user/alice", null, null, "user/alice")]
    [InlineData(null, "AIDAEXAMPLE", null, "AIDAEXAMPLE")]
    [InlineData("user/alice", "AIDAEXAMPLE", null, "user/alice (AIDAEXAMPLE)")]
    [InlineData("assumed-role/Admin/alice", "AROAEXAMPLE:alice", null, "assumed-role/Admin/alice")]
    [InlineData("assumed-role/Admin/alice", "AROAEXAMPLE:bob", null, "assumed-role/Admin/alice (AROAEXAMPLE:bob)")]
    [InlineData("user/alice", "AROAEXAMPLE:session", "parent", "job parent")]
    public void Sender_is_named_as_it_says_and_as_AWS_does_where_that_differs(
        string? by, string? id, string? job, string? name) => Assert.Equal(name, new Sender(job, id).Named(by));

    [Theory]
    [InlineData("arn:aws:iam::123456789012:user/alice", "user/alice")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/Admin/alice", "assumed-role/Admin/alice")]
    [InlineData("arn:aws:iam::123456789012:root", "root")]
    public void Name_is_the_last_part_of_an_ARN(string arn, string name) => Assert.Equal(name, Sender.NameOf(arn));

    [Fact]
    public void Long_name_keeps_its_end() =>
        Assert.Equal(Sender.MaxName, Sender.NameOf($"arn:aws:sts::1:assumed-role/{new string('a', 200)}").Length);
}
