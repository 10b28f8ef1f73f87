using Lapstack.Services.S3;

namespace Lapstack.Tests.S3;

/// <summary>
/// The check values of the CRC catalogue, for the text 123456789. https://reveng.sourceforge.io/crc-catalogue/all.htm
/// </summary>
public sealed class CrcTests
{
    [Theory]
    [InlineData("crc32", "CBF43926")]
    [InlineData("crc32c", "E3069283")]
    [InlineData("crc64nvme", "AE8B14860A799888")]
    public void Checksum_of_the_catalogues_text_is_the_catalogues_value(string name, string expected)
    {
        var crc = Crc.Create(name)!;

        crc.Append("123"u8);
        crc.Append("456789"u8);

        Assert.Equal(expected, Convert.ToHexString(crc.Value()));
    }

    [Fact]
    public void Checksum_is_the_same_however_the_bytes_are_cut()
    {
        var bytes = Enumerable.Range(0, 1000).Select(i => (byte)(i * 7)).ToArray();
        var whole = Crc.Create("crc64nvme")!;
        var cut = Crc.Create("crc64nvme")!;

        whole.Append(bytes);
        foreach (var chunk in bytes.Chunk(13)) cut.Append(chunk);

        Assert.Equal(whole.Value(), cut.Value());
    }
}
