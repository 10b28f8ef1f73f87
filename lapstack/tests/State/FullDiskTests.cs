using Lapstack.Ground;

namespace Lapstack.Tests.State;

public sealed class FullDiskTests
{
    [Fact]
    public void Write_that_finds_no_room_is_told_with_the_remedy()
    {
        if (!File.Exists("/dev/full")) return;
        var failure = Record.Exception(() =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.Write, 1);
            full.Write(new byte[10_000]);
        });

        Assert.StartsWith("The disk is full: ", FullDisk.Sentence(failure!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(unchecked((int)0x80070070))]
    [InlineData(unchecked((int)0x80070027))]
    public void Each_system_has_a_code_for_it(int code) =>
        Assert.Contains(
            "Free some of it", FullDisk.Sentence(new IOException("No room.", code)), StringComparison.Ordinal);

    [Theory]
    [InlineData(32)]
    [InlineData(39)]
    [InlineData(112)]
    public void Other_failures_are_not_taken_for_it(int code) =>
        Assert.Null(FullDisk.Sentence(new IOException("Broken pipe, folder not empty, host is down", code)));
}
