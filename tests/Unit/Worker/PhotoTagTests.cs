using System.Text;
using Jobs.Worker;
using Jobs.Worker.Photos;

namespace Jobs.Tests.Unit.Worker;

/// <summary>Tags and bytes that the standard does not have, and that cameras and apps write.</summary>
public sealed class PhotoTagTests
{
    private const string Key = "photos/a.jpg";

    private const int Make = 0x010F;

    private const int Model = 0x0110;

    private const int Orientation = 0x0112;

    private static readonly byte[] Whole = Samples.Read("photos/Portrait_1.jpg");

    private readonly JobTestEnvironment _env = new();

    [Fact]
    public async Task Thumbnail_says_nothing_about_the_photo()
    {
        var photo = await CatalogAsync(ExifJpeg.With(
            Whole, camera: [(0x0131, "app 1.0")], taken: [], gps: [], thumbnail:
            [
                (Orientation, (ushort)6), (Make, "ThumbMaker"), (Model, "T-1"), (0x0132, "2026:01:31 13:45:00"),
            ]));
        Assert.Equal((null, null, null, null), (photo.Orientation, photo.CameraMake, photo.CameraModel, photo.TakenAt));
    }

    [Fact]
    public async Task Photo_says_more_than_its_thumbnail()
    {
        var photo = await CatalogAsync(ExifJpeg.With(
            Whole, camera: [(Make, "Canon"), (Orientation, (ushort)8)], taken: [], gps: [], thumbnail:
            [
                (Orientation, (ushort)6), (Make, "ThumbMaker"),
            ]));
        Assert.Equal((8, "Canon"), (photo.Orientation!.Number, photo.CameraMake));
    }

    [Theory]
    [InlineData(0xDB, "00")]
    [InlineData(0xDB, "00000000")]
    [InlineData(0xDA, "0000")]
    [InlineData(0xC0, "123456FF00FFFFFF")]
    [InlineData(0xDB, "FF01")]
    [InlineData(0xC4, "FFD0FF0100")]
    public async Task Bytes_between_segments_are_passed_over(byte code, string bytes)
    {
        var photo = await CatalogAsync(
            ExifJpeg.Before(ExifJpeg.With(Whole, [(Make, "Canon")], [], []), code, Convert.FromHexString(bytes)));
        Assert.Equal((1200, 1800, "Canon"), (photo.Width, photo.Height, photo.CameraMake));
    }

    [Theory]
    [InlineData("2026:01:31 13:45:00", "2026-01-31T13:45:00")]
    [InlineData("2026-01-31T13:45:00", "2026-01-31T13:45:00")]
    [InlineData("2026-01-31 13:45:00", "2026-01-31T13:45:00")]
    [InlineData("2026/01/31 13:45:00", "2026-01-31T13:45:00")]
    [InlineData("2026:01:31 13:45", "2026-01-31T13:45:00")]
    [InlineData("2026: 1:31 13:45: 0", "2026-01-31T13:45:00")]
    [InlineData("2026:01:31 13:45:00.123", "2026-01-31T13:45:00")]
    [InlineData("2026:01:31 13:45:00+02:00", "2026-01-31T13:45:00+02:00")]
    [InlineData("2026-01-31T13:45:00.5Z", "2026-01-31T13:45:00Z")]
    [InlineData("2026:01:31 13:45:00 -0330", "2026-01-31T13:45:00-03:30")]
    [InlineData("2026:01:31 13:45:00\0\0", "2026-01-31T13:45:00")]
    [InlineData("2026:02:30 13:45:00", null)]
    [InlineData("2026:01:31 24:45:00", null)]
    [InlineData("yesterday", null)]
    public async Task Time_is_read_as_apps_write_it(string written, string? time) =>
        Assert.Equal(
            time, (await CatalogAsync(ExifJpeg.With(Whole, [(Make, "Canon")], [(0x9003, written)], []))).TakenAt);

    [Theory]
    [InlineData("2026:01:31 13:45:00", "2026:02:01 00:00:00", "2026:02:02 00:00:00", "2026-01-31T13:45:00+01:00")]
    [InlineData("0000:00:00 00:00:00", "2026:02:01 00:00:00", "2026:02:02 00:00:00", "2026-02-01T00:00:00+02:00")]
    [InlineData("    :  :     :  :  ", "", "2026:02:02 00:00:00", "2026-02-02T00:00:00+03:00")]
    [InlineData("", "", "", null)]
    public async Task Time_is_that_of_the_first_tag_that_has_one(
        string original, string digitized, string changed, string? time)
    {
        var photo = ExifJpeg.With(
            Whole,
            [(0x0132, changed)],
            [(0x9003, original), (0x9004, digitized), (0x9010, "+03:00"), (0x9011, "+01:00"), (0x9012, "+02:00")],
            []);
        Assert.Equal(time, (await CatalogAsync(photo)).TakenAt);
    }

    [Fact]
    public async Task Orientation_that_is_a_text_is_none() =>
        Assert.Null((await CatalogAsync(ExifJpeg.With(Whole, [(Orientation, "Rotate 90 CW")], [], []))).Orientation);

    [Theory]
    [InlineData("SONY\r\n\0", "SONY")]
    [InlineData("  Beschützer \0rest", "Beschützer")]
    [InlineData("A\u001B[31mB\0", "A [31mB")]
    [InlineData("\r\n\0", null)]
    [InlineData("\uFFFD\0", null)]
    public async Task Text_is_one_line_of_characters(string written, string? text)
    {
        Assert.Equal(
            text,
            (await CatalogAsync(ExifJpeg.With(Whole, [(Make, Encoding.UTF8.GetBytes(written))], [], []))).CameraMake);
        if (text is null) return;
        Assert.Equal(
            text,
            (await CatalogAsync(ExifJpeg.With(Whole, [(Make, Encoding.Latin1.GetBytes(written))], [], []))).CameraMake);
    }

    [Theory]
    [InlineData("N", "E", 48.5, 9.25)]
    [InlineData("South", "West", -48.5, -9.25)]
    [InlineData("s", "w", -48.5, -9.25)]
    [InlineData("north", "EAST", 48.5, 9.25)]
    public async Task Hemisphere_is_a_letter_or_a_word(
        string northSouth, string eastWest, double latitude, double longitude) =>
        Assert.Equal(new Place(latitude, longitude, null), (await CatalogAsync(At(northSouth, eastWest))).Place);

    [Theory]
    [InlineData("", "")]
    [InlineData("N", "")]
    [InlineData(" ", "E")]
    [InlineData("T", "E")]
    [InlineData("E", "N")]
    public async Task Place_without_its_hemisphere_is_none(string northSouth, string eastWest) =>
        Assert.Null((await CatalogAsync(At(northSouth, eastWest))).Place);

    [Theory]
    [InlineData(0, 125, 12.5)]
    [InlineData(1, 125, -12.5)]
    [InlineData(2, 125, 12.5)]
    [InlineData(3, 125, -12.5)]
    [InlineData(0, -125, -12.5)]
    [InlineData(1, -125, -12.5)]
    public async Task Altitude_below_zero_stays_below_zero(byte reference, int tenths, double metres) =>
        Assert.Equal(metres, (await CatalogAsync(At("N", "E", (5, reference), (6, (tenths, 10))))).Place!.Altitude);

    private static byte[] At(
        string northSouth, string eastWest, params (int Tag, object Value)[] more) => ExifJpeg.With(
        Whole,
        [(Make, "Canon")],
        [],
        [
            (1, northSouth), (2, new[] { (48, 1), (30, 1), (0, 1) }),
            (3, eastWest), (4, new[] { (9, 1), (15, 1), (0, 1) }),
            .. more,
        ]);

    private Task<Photo> CatalogAsync(byte[] file)
    {
        _env.Objects[Key] = file;
        return _env.RunAsync(new PhotoCatalog(), _env.Upload(Key));
    }
}
