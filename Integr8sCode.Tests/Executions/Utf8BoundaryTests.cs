using System.Text;

namespace Integr8sCode.Executions;

public sealed class Utf8BoundaryTests
{
    [Fact]
    public void Text_cut_anywhere_is_cut_before_the_character_and_the_pieces_make_the_text()
    {
        var bytes = Encoding.UTF8.GetBytes("aä€🦊z");
        for (var length = 0; length <= bytes.Length; length++)
        {
            var cut = Utf8Boundary.Find(bytes.AsSpan(0, length));

            var pieces = Encoding.UTF8.GetString(bytes.AsSpan(0, cut)) + Encoding.UTF8.GetString(bytes.AsSpan(cut));
            Assert.Equal("aä€🦊z", pieces);
            Assert.InRange(length - cut, 0, 3);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 1)]
    [InlineData(new byte[] { 0x61, 0x80, 0x80 }, 3)]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80 }, 5)]
    [InlineData(new byte[] { 0x61, 0xE2, 0x82 }, 1)]
    [InlineData(new byte[] { 0xC0 }, 1)]
    public void Bytes_that_are_no_text_are_not_held_back(byte[] bytes, int expected) => Assert.Equal(expected, Utf8Boundary.Find(bytes));
}
