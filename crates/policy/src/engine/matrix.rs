//! Products of matrices in row-major slices, by the crate `gemm`.

use gemm::Parallelism;

/// A matrix within a slice: `rows` x `columns` numbers, the first of a row `stride` after the first of the one before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct View<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row_stride: usize,
    column_stride: usize,
}

impl<'a> View<'a> {
    /// Rows that follow each other without a gap.
    pub(crate) fn new(data: &'a [f32], rows: usize, columns: usize) -> Self {
        Self::strided(data, rows, columns, columns)
    }

    /// Rows a stride apart.
    pub(crate) fn strided(data: &'a [f32], rows: usize, columns: usize, stride: usize) -> Self {
        let view = Self { data, rows, columns, row_stride: stride, column_stride: 1 };
        assert!(rows == 0 || columns == 0 || (rows - 1) * stride + columns <= data.len(), "a matrix is within its slice");
        view
    }

    /// Its transpose.
    pub(crate) fn t(self) -> Self {
        Self { rows: self.columns, columns: self.rows, row_stride: self.column_stride, column_stride: self.row_stride, ..self }
    }
}

/// What becomes of what was there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Into {
    /// It is overwritten.
    Set,
    /// The product is added to it.
    Add,
}

/// `out = scale * a * b`, or added to it. `out` has rows `stride` apart.
pub(crate) fn product(out: &mut [f32], stride: usize, how: Into, scale: f32, a: View<'_>, b: View<'_>) {
    let (m, k, n) = (a.rows, a.columns, b.columns);
    assert_eq!(k, b.rows, "inner dimensions");
    if m == 0 || n == 0 {
        return;
    }
    assert!((m - 1) * stride + n <= out.len(), "the product is within its slice");
    if k == 0 {
        if how == Into::Set {
            out.chunks_mut(stride).take(m).for_each(|row| row[..n].fill(0.0));
        }
        return;
    }
    let step = |stride: usize| isize::try_from(stride).expect("a stride is smaller than a slice");
    #[expect(unsafe_code, reason = "gemm takes pointers")]
    // SAFETY: `View` and the assertions above keep every element that gemm reads or writes within the slices, and `out` is borrowed mutably.
    unsafe {
        gemm::gemm(
            m,
            n,
            k,
            out.as_mut_ptr(),
            1,
            step(stride),
            how == Into::Add,
            a.data.as_ptr(),
            step(a.column_stride),
            step(a.row_stride),
            b.data.as_ptr(),
            step(b.column_stride),
            step(b.row_stride),
            1.0,
            scale,
            false,
            false,
            false,
            Parallelism::None,
        );
    }
}

/// `y = x * w^T (+ bias)`: `x` is `[rows, in]`, `w` is `[out, in]` as in a Hugging Face directory, `y` is `[rows, out]`.
pub(crate) fn linear(y: &mut [f32], x: &[f32], w: &[f32], bias: Option<&[f32]>, rows: usize, inner: usize) {
    let outer = w.len() / inner;
    match bias {
        None => product(y, outer, Into::Set, 1.0, View::new(x, rows, inner), View::new(w, outer, inner).t()),
        Some(bias) => {
            y[..rows * outer].chunks_exact_mut(outer).for_each(|row| row.copy_from_slice(bias));
            product(y, outer, Into::Add, 1.0, View::new(x, rows, inner), View::new(w, outer, inner).t());
        }
    }
}

/// The backward pass of [`linear`]: adds to the gradients of weight and bias, and adds or writes `dy * w` to `dx`.
pub(crate) struct LinearGradient<'a> {
    pub(crate) w: &'a mut [f32],
    pub(crate) bias: Option<&'a mut [f32]>,
}

impl LinearGradient<'_> {
    /// `dy` is `[rows, out]`, `x` is `[rows, in]`.
    pub(crate) fn add(self, dy: &[f32], x: &[f32], rows: usize) {
        let (inner, outer) = (x.len() / rows.max(1), dy.len() / rows.max(1));
        product(self.w, inner, Into::Add, 1.0, View::new(dy, rows, outer).t(), View::new(x, rows, inner));
        if let Some(bias) = self.bias {
            for row in dy.chunks_exact(outer) {
                bias.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
            }
        }
    }
}

/// `dx = dy * w`, or added to it.
pub(crate) fn linear_input(dx: &mut [f32], how: Into, dy: &[f32], w: &[f32], rows: usize, inner: usize) {
    let outer = w.len() / inner;
    product(dx, inner, how, 1.0, View::new(dy, rows, outer), View::new(w, outer, inner));
}
