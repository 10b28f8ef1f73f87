using System.Buffers.Binary;
using System.Text;

namespace Jobs.Tests.Infra;

/// <summary>
/// Writes what of a Linux program says on what it runs: its header, and a table of the versions it needs.
/// </summary>
internal static class Elf
{
    private const int Header = 64;

    /// <summary>Of a section's header; there are two, of the table and of its names.</summary>
    private const int Section = 64;

    private const int Table = Header + 2 * Section;

    /// <param name="machine">62 for x64, 183 for arm64.</param>
    /// <param name="versions">Of symbols, such as GLIBC_2.34. Each is of a library of its own.</param>
    public static byte[] Program(ushort machine, params string[] versions)
    {
        var names = Table + versions.Length * 32;
        var image = new byte[names + versions.Sum(version => version.Length + 1)];
        "\u007fELF\u0002\u0001"u8.CopyTo(image);
        Write(image, 18, machine);
        Write(image, 40, Header);
        Write(image, 58, Section);
        Write(image, 60, 2);
        Write(image, Header + 4, 0x6ffffffe);
        Write(image, Header + 24, Table);
        Write(image, Header + 40, 1);
        Write(image, Header + 44, (uint)versions.Length);
        Write(image, Header + Section + 24, (uint)names);
        var name = 0;
        for (var number = 0; number < versions.Length; number++)
        {
            var library = Table + number * 32;
            Write(image, library + 2, 1);
            Write(image, library + 8, 16);
            Write(image, library + 12, 32);
            Write(image, library + 24, (uint)name);
            Encoding.ASCII.GetBytes(versions[number]).CopyTo(image, names + name);
            name += versions[number].Length + 1;
        }

        return image;
    }

    private static void Write(byte[] image, int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), value);
}
