using System.Buffers.Binary;
using System.Text;

namespace Jobs.Cdk.Assets;

/// <summary>
/// What a program of Linux says of itself. https://refspecs.linuxfoundation.org/LSB_5.0.0/LSB-Core-generic/LSB-Core-generic/symversion.html
/// </summary>
/// <param name="Runtime">As .NET calls the system that it runs on; null when that is neither of Lambda's.</param>
/// <param name="Glibc">The oldest glibc that has all symbols it needs; null when it needs none.</param>
internal sealed record ElfProgram(string? Runtime, Version? Glibc)
{
    private const uint VersionNeeds = 0x6ffffffe;

    private const string GlibcPrefix = "GLIBC_";

    /// <returns>Null when the file is no program of Linux of 64 bits, or a part of one.</returns>
    public static ElfProgram? TryRead(string file)
    {
        ReadOnlySpan<byte> image = File.ReadAllBytes(file);
        // Its signature, 64 bits, little-endian.
        if (!image.StartsWith("\u007fELF\u0002\u0001"u8)) return null;
        try
        {
            return new ElfProgram(RuntimeOf(Short(image, 18)), NewestGlibc(image));
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private static string? RuntimeOf(int machine) => machine switch
    {
        62 => "linux-x64",
        183 => "linux-arm64",
        _ => null,
    };

    private static Version? NewestGlibc(ReadOnlySpan<byte> image)
    {
        var (sections, size, count) = (Long(image, 40), Short(image, 58), Short(image, 60));
        for (var number = 0; number < count; number++)
        {
            var section = image.Slice(sections + number * size, size);
            if (Int(section, 4) != VersionNeeds) continue;
            var names = Long(image, sections + (int)Int(section, 40) * size + 24);
            return NeedsOf(image, Long(section, 24), (int)Int(section, 44), names).Max();
        }

        return null;
    }

    /// <param name="at">Of the first library; each says how far the next one is, as each of its versions does.</param>
    private static List<Version> NeedsOf(ReadOnlySpan<byte> image, int at, int libraries, int names)
    {
        var found = new List<Version>();
        for (var library = 0; library < libraries; library++, at += (int)Int(image, at + 12))
        {
            var version = at + (int)Int(image, at + 8);
            for (var left = Short(image, at + 2); left > 0; left--, version += (int)Int(image, version + 12))
            {
                var name = TextAt(image, names + (int)Int(image, version + 8));
                if (name.StartsWith(GlibcPrefix, StringComparison.Ordinal)
                    && Version.TryParse(name[GlibcPrefix.Length..], out var glibc))
                {
                    found.Add(glibc);
                }
            }
        }

        return found;
    }

    private static string TextAt(ReadOnlySpan<byte> image, int at)
    {
        var text = image[at..];
        return Encoding.ASCII.GetString(text[..text.IndexOf((byte)0)]);
    }

    private static int Short(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt16LittleEndian(image[at..]);

    private static uint Int(ReadOnlySpan<byte> image, int at) => BinaryPrimitives.ReadUInt32LittleEndian(image[at..]);

    private static int Long(ReadOnlySpan<byte> image, int at) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(image[at..]);
}
