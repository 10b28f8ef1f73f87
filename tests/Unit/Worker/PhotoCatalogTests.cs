using System.Text.Json;
using Jobs.Worker;
using Jobs.Worker.Photos;

namespace Jobs.Tests.Unit.Worker;

public sealed class PhotoCatalogTests
{
    private const string Key = "photos/a.jpg";

    private readonly JobTestEnvironment _env = new();

    [Theory]
    [InlineData("Landscape_6.jpg", 1200, 1800, 352_727, 6, "rotate by 90° clockwise")]
    [InlineData("Portrait_1.jpg", 1200, 1800, 245_684, 1, "upright")]
    [InlineData("Landscape_0.jpg", 1800, 1200, 349_915, 0, "unknown")]
    public async Task Real_photo_tells_its_size_and_orientation(
        string name, int width, int height, long bytes, int orientation, string words) =>
        Assert.Equal(
            new Photo(width, height, bytes) { Orientation = new Orientation(orientation, words) },
            await CatalogAsync(Samples.Read($"photos/{name}")));

    [Fact]
    public async Task Camera_time_and_place_are_read_where_they_are_there()
    {
        var photo = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"),
            camera: [(0x010F, "Fujifilm"), (0x0110, "X-T5")],
            taken: [(0x9003, "2026:01:31 13:45:00"), (0x9011, "+02:00")],
            gps:
            [
                (1, "S"), (2, new[] { (33, 1), (51, 1), (2400, 100) }),
                (3, "E"), (4, new[] { (151, 1), (12, 1), (3600, 100) }),
                (5, (byte)1), (6, new[] { (125, 10) }),
            ]);

        Assert.Equal(
            new Photo(1200, 1800, photo.Length)
            {
                CameraMake = "Fujifilm",
                CameraModel = "X-T5",
                TakenAt = "2026-01-31T13:45:00+02:00",
                Place = new Place(-33.856667, 151.21, -12.5),
            },
            await CatalogAsync(photo));
    }

    [Fact]
    public async Task Clock_that_was_never_set_is_no_time()
    {
        var photo = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"), [(0x010F, "Canon")], [(0x9003, "0000:00:00 00:00:00")], []);
        Assert.Equal(
            ("Canon", null, null),
            await CatalogAsync(photo) is var read ? (read.CameraMake, read.TakenAt, read.Place) : default);
    }

    [Theory]
    [InlineData("+02:00", "2026-01-31T13:45:00+02:00")]
    [InlineData("Z", "2026-01-31T13:45:00Z")]
    [InlineData("   :  ", "2026-01-31T13:45:00")]
    [InlineData("MEZ", "2026-01-31T13:45:00")]
    [InlineData("+25:00", "2026-01-31T13:45:00")]
    public async Task Offset_that_is_none_is_left_out(string offset, string time)
    {
        var photo = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"),
            [(0x010F, "Canon")],
            [(0x9003, "2026:01:31 13:45:00"), (0x9011, offset)],
            []);
        Assert.Equal(time, (await CatalogAsync(photo)).TakenAt);
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(91, 1, 20, 1)]
    [InlineData(45, 1, 181, 1)]
    public async Task Place_that_is_none_on_earth_is_left_out(int latitude, int under, int longitude, int below)
    {
        var photo = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"),
            [(0x010F, "Canon")],
            [],
            [
                (1, "N"), (2, new[] { (latitude, under), (0, 1), (0, 1) }),
                (3, "E"), (4, new[] { (longitude, below), (0, 1), (0, 1) }),
            ]);
        Assert.Null((await CatalogAsync(photo)).Place);
    }

    [Fact]
    public async Task Altitude_that_is_no_number_is_left_out_of_the_place()
    {
        var photo = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"),
            [(0x010F, "Canon")],
            [],
            [
                (1, "N"), (2, new[] { (48, 1), (30, 1), (0, 1) }),
                (3, "E"), (4, new[] { (9, 1), (0, 1), (0, 1) }),
                (6, new[] { (1, 0) }),
            ]);
        Assert.Equal(new Place(48.5, 9, null), (await CatalogAsync(photo)).Place);
    }

    [Fact]
    public Task Png_that_is_named_jpg_says_so() =>
        RefusedAsync([0x89, .. "PNG\r\n\u001a\n"u8, .. new byte[100]], "The file is not a JPEG");

    /// <summary>The head has all but the picture.</summary>
    [Fact]
    public async Task Damaged_photo_ends_in_a_description_or_in_a_refusal_and_nothing_else()
    {
        var whole = ExifJpeg.With(
            Samples.Read("photos/Portrait_1.jpg"),
            [(0x010F, "Fujifilm")],
            [(0x9003, "2026:01:31 13:45:00")],
            [
                (1, "S"), (2, new[] { (33, 1), (51, 1), (24, 1) }), (3, "E"), (4, new[] { (151, 1), (12, 1), (36, 1) }),
                (6, new[] { (125, 10) }),
            ]);
        for (var at = 2; at < 700; at++)
        {
            foreach (var odd in (byte[])[0, 0x7F])
            {
                byte[] damaged = [.. whole];
                damaged[at] = odd;
                var thrown = await Record.ExceptionAsync(
                    async () => JsonSerializer.Serialize(await CatalogAsync(damaged)));
                Assert.True(thrown is null or JobFailedException, $"Byte {at} as 0x{odd:X2}: {thrown}");
            }
        }
    }

    [Fact]
    public Task Empty_file_says_so() => RefusedAsync([], "The file is empty (0 bytes)");

    [Fact]
    public Task File_that_is_no_jpeg_says_so() => RefusedAsync(Samples.Read("gdp.csv"), "The file is not a JPEG");

    [Theory]
    [InlineData(2)]
    [InlineData(300)]
    [InlineData(30_000)]
    [InlineData(200_000)]
    public Task Photo_that_is_cut_off_says_so(int bytes) =>
        RefusedAsync(Samples.Read("photos/Portrait_1.jpg")[..bytes], "The photo is cut off");

    [Fact]
    public Task Jpeg_without_photo_data_says_so() =>
        RefusedAsync(
            ExifJpeg.WithoutExif(Samples.Read("photos/Portrait_1.jpg")),
            "The file is a JPEG without photo data (EXIF)");

    [Fact]
    public Task File_too_large_for_a_photo_says_so() =>
        RefusedAsync(new byte[PhotoCatalog.MaxBytes + 1], "The file is larger than 64 MB");

    private async Task RefusedAsync(byte[] file, string message) => Assert.StartsWith(
        message, (
            await Assert.ThrowsAsync<JobFailedException>(() => CatalogAsync(file))).Message, StringComparison.Ordinal);

    private Task<Photo> CatalogAsync(byte[] file)
    {
        _env.Objects[Key] = file;
        return _env.RunAsync(new PhotoCatalog(), _env.Upload(Key));
    }
}
