using Jobs.Cdk.Assets;

namespace Jobs.Tests.Infra;

public sealed class ElfProgramTests
{
    [Theory]
    [InlineData(62, "linux-x64")]
    [InlineData(183, "linux-arm64")]
    [InlineData(243, null)]
    public void Program_says_on_which_processor_it_runs(ushort machine, string? runtime) =>
        Assert.Equal(runtime, Read(Elf.Program(machine, "GLIBC_2.17")).Runtime);

    [Fact]
    public void Program_needs_the_newest_glibc_of_all_its_symbols() =>
        Assert.Equal(
            new Version(2, 34),
            Read(Elf.Program(62, "GLIBC_2.2.5", "GLIBC_2.34", "GCC_3.0", "GLIBC_2.9", "GLIBC_PRIVATE")).Glibc);

    [Fact]
    public void Program_that_links_nothing_needs_no_glibc() => Assert.Null(Read(Elf.Program(62)).Glibc);

    [Fact]
    public void Program_that_runs_here_is_read()
    {
        if (!OperatingSystem.IsLinux()) return;
        var here = ElfProgram.TryRead(Environment.ProcessPath!)!;

        Assert.StartsWith("linux-", here.Runtime, StringComparison.Ordinal);
        Assert.InRange(here.Glibc!, new Version(2, 2), new Version(2, 40));
    }

    [Fact]
    public void File_that_is_no_program_is_told_from_one() =>
        Assert.Null(TryRead("#!/bin/sh"u8.ToArray()));

    [Theory]
    [InlineData(20)]
    [InlineData(70)]
    [InlineData(200)]
    public void Program_that_is_cut_off_is_no_program(int length) =>
        Assert.Null(TryRead(Elf.Program(62, "GLIBC_2.34")[..length]));

    private static ElfProgram Read(byte[] image) => TryRead(image)!;

    private static ElfProgram? TryRead(byte[] image)
    {
        var file = Path.GetTempFileName();
        File.WriteAllBytes(file, image);
        try
        {
            return ElfProgram.TryRead(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
